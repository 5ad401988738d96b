import { StateEffect, StateField, type ChangeSet, type EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { mapPosition } from '../../lib/client/index.ts';
import { opFromChanges } from '../editor/op-changes.ts';

/** Where something is that was said about the text, in the editor's own coordinates. Equal ends: it is gone. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Places by the id of what was said there. */
export type Places = ReadonlyMap<string, Place>;

/** Passages of the text that an editor follows through every change; what is typed at their edges stays outside. */
export interface Passages {
  /** Has to be in the editor; what is computed from the places may depend on it. */
  field: StateField<Places>;
  /** Puts passages at new places, or takes them away (null). */
  set: (view: EditorView, places: ReadonlyMap<string, Place | null>) => void;
  /** None while the editor does not have the extension. */
  of: (state: EditorState) => Places;
  /** Has `to` other places than `from`? */
  moved: (from: EditorState, to: EditorState) => boolean;
}

const NONE: Places = new Map();

/** `initial`: what a new editor begins with. */
export function passages(initial: () => Places = () => NONE): Passages {
  const put = StateEffect.define<ReadonlyMap<string, Place | null>>();
  const field = StateField.define<Places>({
    create: initial,
    update(before, transaction) {
      let places = transaction.docChanged ? mapped(before, transaction.changes) : before;
      for (const effect of transaction.effects) {
        if (effect.is(put)) places = changed(places, effect.value, transaction.newDoc.length);
      }
      return places;
    },
  });
  const of = (state: EditorState) => state.field(field, false) ?? NONE;
  return {
    field,
    set: (view, places) => view.dispatch({ effects: put.of(places) }),
    of,
    moved: (from, to) => of(from) !== of(to),
  };
}

/** By the algebra, so that they are here where the server has them. */
function mapped(places: Places, changes: ChangeSet): Places {
  if (places.size === 0) return places;
  const op = opFromChanges(changes);
  const moved = new Map<string, Place>();
  for (const [id, { from, to }] of places) {
    // Where all of it went, both ends are where it was.
    const end = mapPosition(to, op, 'before');
    moved.set(id, { from: Math.min(mapPosition(from, op, 'after'), end), to: end });
  }
  return moved;
}

function changed(places: Places, by: ReadonlyMap<string, Place | null>, length: number): Places {
  const next = new Map(places);
  for (const [id, place] of by) {
    if (place === null) next.delete(id);
    else next.set(id, { from: Math.min(place.from, length), to: Math.min(place.to, length) });
  }
  return next;
}
