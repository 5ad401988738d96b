import type { EditorState } from '@codemirror/state';
import type { ValueStore } from '../ui/value-store.ts';
import { countText } from './count-text.ts';
import type { Counts, TextFacts } from './text-facts.ts';

/** Counting may read the whole text, so it is done this long after a change, in ms, and once for all that comes meanwhile. */
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
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest: EditorState | null = null;
  const begin = (state: EditorState) => {
    const ranges = state.selection.ranges.filter(({ empty }) => !empty);
    turn(
      state,
      ranges.map(({ from, to }) => state.doc.slice(from, to)),
    );
  };
  const turn = (state: EditorState, parts: readonly EditorState['doc'][]) => {
    const end = performance.now() + TURN_MS;
    const mayGoOn = () => performance.now() < end;
    const text = countText(state.doc, mayGoOn);
    const selected = sum(parts.map((part) => countText(part, mayGoOn)));
    if (text === null || selected === null) {
      timer = setTimeout(turn, 0, state, parts);
      return;
    }
    timer = null;
    facts.set({ ...facts.get(), text, selected: parts.length === 0 ? null : selected });
    // Others go on writing for as long as they like, so nobody waits for a pause.
    if (latest !== null && latest !== state) wait();
  };
  const wait = () => {
    timer = setTimeout(() => {
      if (latest !== null) begin(latest);
    }, COUNT_MS);
  };
  return {
    take(state) {
      latest = state;
      const known = facts.get();
      if (known.selected !== null && state.selection.ranges.every(({ empty }) => empty)) {
        facts.set({ ...known, selected: null });
      }
      if (timer === null) wait();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
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
