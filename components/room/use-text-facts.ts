import type { EditorState } from '@codemirror/state';
import { useCallback, useEffect, useRef, useState } from 'react';
import { valueStore, type ValueStore } from '../ui/value-store.ts';
import { placeOf, type TextFacts } from './text-facts.ts';

/** Counting may read the whole text, so it waits until nobody has typed or selected for this long. */
const COUNT_MS = 300;
/** The first time it waits for the code too, and that until the page has all that it needs for itself. */
const FIRST_MS = 2_000;

/** The footer's facts: the caret's place at once, the counts when typing pauses. */
export function useTextFacts(): {
  facts: ValueStore<TextFacts>;
  /** After every change of text or selection. */
  update: (state: EditorState) => void;
} {
  const [facts] = useState(() => valueStore<TextFacts>({ text: null, selected: null, line: 1, column: 1 }));
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const update = useCallback(
    (state: EditorState) => {
      const { empty } = state.selection.main;
      stop.current?.();
      facts.set({ ...facts.get(), ...placeOf(state), ...(empty ? { selected: null } : {}) });
      stop.current = countLater(state, (counts) => facts.set({ ...facts.get(), ...counts }));
    },
    [facts],
  );
  return { facts, update };
}

let isHere = false;

/** Returns how to stop. Without the code for it (no network yet) the counts stay as they are. */
function countLater(state: EditorState, onCounted: (counts: Pick<TextFacts, 'text' | 'selected'>) => void): () => void {
  let stop: (() => void) | null = null;
  const timer = setTimeout(
    () => {
      let wanted = true;
      stop = () => (wanted = false);
      import('./count-state.ts').then(
        ({ countState }) => {
          isHere = true;
          if (wanted) stop = countState(state, onCounted);
        },
        () => undefined,
      );
    },
    isHere ? COUNT_MS : FIRST_MS,
  );
  return () => {
    clearTimeout(timer);
    stop?.();
  };
}
