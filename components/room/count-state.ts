import type { EditorState } from '@codemirror/state';
import { countText } from './count-text.ts';
import type { Counts, TextFacts } from './text-facts.ts';

/** Counting holds the page up for so long at most, in ms: half of what a frame has. */
const TURN_MS = 8;

/** Counts the text and what is selected in it, in short turns, then calls `onCounted`. Returns how to stop before that. */
export function countState(
  { doc, selection }: EditorState,
  onCounted: (counts: Pick<TextFacts, 'text' | 'selected'>) => void,
): () => void {
  const parts = selection.ranges.filter(({ empty }) => !empty).map(({ from, to }) => doc.slice(from, to));
  let timer: ReturnType<typeof setTimeout>;
  const turn = () => {
    const end = performance.now() + TURN_MS;
    const [text, ...some] = [doc, ...parts].map((part) => countText(part, () => performance.now() < end));
    const selected = some.length === 0 ? null : sum(some);
    if (text === null || text === undefined || (selected === null && some.length > 0)) timer = setTimeout(turn);
    else onCounted({ text, selected });
  };
  turn();
  return () => clearTimeout(timer);
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
