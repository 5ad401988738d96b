import { StateField, type ChangeSet, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** How long what was restored is lit, in ms; the style sheet has the same. */
export const FLASH_MS = 800;

const lit = Decoration.mark({ class: 'past-flash' });

/** Lights the places that `changes` brought, for an editor whose text is the one right after them. */
export function flash(changes: ChangeSet): Extension {
  const ranges: { from: number; to: number }[] = [];
  changes.iterChangedRanges((_fromA, _toA, from, to) => {
    if (to > from) ranges.push({ from, to });
  });
  return StateField.define<DecorationSet>({
    create: () => Decoration.set(ranges.map(({ from, to }) => lit.range(from, to))),
    update: (marks, transaction) => marks.map(transaction.changes),
    provide: (field) => EditorView.decorations.from(field),
  });
}
