import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { historyStrings } from './history-strings.ts';
import type { Author, Changes } from './history-types.ts';
import { nameOf, whenWords } from './moment-words.ts';
import { nobody } from './read-history.ts';

/** Additions and removals between two moments, as they are marked in the text. */
export interface Marked {
  /** The text with what was removed in place. */
  text: string;
  marks: DecorationSet;
  /** Where the places begin and end that differ, ascending; neighbours are one. */
  places: readonly { from: number; to: number }[];
}

const setMarks = StateEffect.define<DecorationSet>();

/** Marks that are put in by `showMarks`, and go where the text goes. */
const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setMarks));
    return set === undefined ? marks.map(transaction.changes) : set.value;
  },
  provide: (marks) => EditorView.decorations.from(marks),
});

export const changeMarks: Extension = field;

/** For a transaction after whose changes the text is that of `marks`; null takes them away. */
export function showMarks(marks: DecorationSet | null): StateEffect<unknown> {
  return setMarks.of(marks ?? Decoration.none);
}

export function markChanges({ segments, authors }: Pick<Changes, 'segments' | 'authors'>): Marked {
  const known = new Map(authors.map((one) => [one.author, one]));
  const marks: Range<Decoration>[] = [];
  const places: { from: number; to: number }[] = [];
  let at = 0;
  for (const { kind, text, author, at: when } of segments) {
    const end = at + text.length;
    if (kind !== 'same' && end > at) {
      marks.push(mark(kind, known.get(author) ?? nobody(author), when).range(at, end));
      const last = places.at(-1);
      if (last !== undefined && last.to === at) last.to = end;
      else places.push({ from: at, to: end });
    }
    at = end;
  }
  return { text: segments.map(({ text }) => text).join(''), marks: Decoration.set(marks), places };
}

function mark(kind: 'added' | 'removed', author: Author, at: number): Decoration {
  const words = historyStrings[kind === 'added' ? 'addedBy' : 'removedBy'](nameOf(author), whenWords(at));
  return Decoration.mark({
    tagName: kind === 'added' ? 'ins' : 'del',
    class: `past-${kind} tandem-ink-${author.color}`,
    attributes: { title: words },
  });
}
