import type { EditorState } from '@codemirror/state';
import type { ValueStore } from '../ui/value-store.ts';
import { countText } from './count-text.ts';
import type { Counts, TextFacts } from './text-facts.ts';

/** Counting may read the whole text, so it waits until nobody has typed or selected for this long, in ms. */
const COUNT_MS = 300;
/** It holds the page up for so long at most, in ms: half of what a frame has. */
const TURN_MS = 8;

export interface Counter {
  /** The text or the selection is this now. */
  take: (state: EditorState) => void;
  stop: () => void;
}

/** Keeps the counts of the footer up to date: a while after each change, in short turns. */
export function countInto(facts: ValueStore<TextFacts>): Counter {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = (state: EditorState, parts: readonly EditorState['doc'][]) => {
    const end = performance.now() + TURN_MS;
    const mayGoOn = () => performance.now() < end;
    const text = countText(state.doc, mayGoOn);
    const selected = sum(parts.map((part) => countText(part, mayGoOn)));
    if (text === null || selected === null) timer = setTimeout(turn, 0, state, parts);
    else facts.set({ ...facts.get(), text, selected: parts.length === 0 ? null : selected });
  };
  return {
    take(state) {
      clearTimeout(timer);
      const ranges = state.selection.ranges.filter(({ empty }) => !empty);
      if (ranges.length === 0) facts.set({ ...facts.get(), selected: null });
      timer = setTimeout(() => {
        turn(
          state,
          ranges.map(({ from, to }) => state.doc.slice(from, to)),
        );
      }, COUNT_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Null if one of them is not known yet. */
function sum(all: readonly (Counts | null)[]): Counts | null {
  const total = { words: 0, characters: 0 };
  for (const one of all) {
    if (one === null) return null;
    total.words += one.words;
    total.characters += one.characters;
  }
  return total;
}
