import { Prec, StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
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

/** The change at which one stands, of those that are marked. */
const current = Decoration.mark({ class: 'past-current' });
const setCurrent = StateEffect.define<{ from: number; to: number }>();

/** Goes where the marks go, and when they are put anew. */
const currentField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) now = Decoration.none;
      if (effect.is(setCurrent)) now = Decoration.set(current.range(effect.value.from, effect.value.to));
    }
    return now;
  },
  provide: (marks) => EditorView.decorations.from(marks),
});

/** Puts a frame around one of the places of `markChanges`, and the cursor at its beginning. */
export function goToChange(view: EditorView, place: { from: number; to: number }): void {
  view.dispatch({
    selection: { anchor: place.from },
    effects: [setCurrent.of(place), EditorView.scrollIntoView(place.from, { y: 'center' })],
  });
}

// The frame is drawn around everything else, or it would be one for each piece: what has the least precedence is outermost.
export const changeMarks: Extension = [field, Prec.lowest(currentField)];

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
