import type { EditorState } from '@codemirror/state';
import { useCallback, useEffect, useRef, useState } from 'react';
import { valueStore, type ValueStore } from '../ui/value-store.ts';
import { countWords, placeOf, type TextFacts } from './text-facts.ts';

/** Counting reads the whole text, so it waits until nobody has typed for this long. */
const COUNT_MS = 300;

/** The footer's facts: the caret's place at once, the words when typing pauses. */
export function useTextFacts(): {
  facts: ValueStore<TextFacts>;
  update: (state: EditorState, docChanged: boolean) => void;
} {
  const [facts] = useState(() => valueStore<TextFacts>({ words: 0, line: 1, column: 1 }));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const update = useCallback(
    (state: EditorState, docChanged: boolean) => {
      facts.set({ ...facts.get(), ...placeOf(state) });
      if (!docChanged) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => facts.set({ ...facts.get(), words: countWords(state.doc.iterLines()) }),
        COUNT_MS,
      );
    },
    [facts],
  );
  return { facts, update };
}
