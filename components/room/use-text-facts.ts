import type { EditorState } from '@codemirror/state';
import { useCallback, useEffect, useRef, useState } from 'react';
import { valueStore, type ValueStore } from '../ui/value-store.ts';
import type { Counter } from './count-state.ts';
import { placeOf, type TextFacts } from './text-facts.ts';

/** The code that counts is fetched when the page has all that it needs for itself. In ms. */
const QUIET_MS = 2_000;

/** The footer's facts: the caret's place at once, the counts when typing pauses. */
export function useTextFacts(): {
  facts: ValueStore<TextFacts>;
  /** After every change of text or selection. */
  update: (state: EditorState) => void;
} {
  const [facts] = useState(() => valueStore<TextFacts>({ text: null, selected: null, line: 1, column: 1 }));
  const latest = useRef<EditorState | null>(null);
  const counter = useRef<Counter | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      import('./count-state.ts').then(
        ({ countInto }) => {
          counter.current = countInto(facts);
          if (latest.current !== null) counter.current.take(latest.current);
        },
        // Without a network there are no counts.
        () => undefined,
      );
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      counter.current?.stop();
    };
  }, [facts]);
  const update = useCallback(
    (state: EditorState) => {
      latest.current = state;
      const { line, column } = placeOf(state);
      const known = facts.get();
      if (line !== known.line || column !== known.column) facts.set({ ...known, line, column });
      counter.current?.take(state);
    },
    [facts],
  );
  return { facts, update };
}
