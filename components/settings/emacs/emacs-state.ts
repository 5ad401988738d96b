import { Annotation, StateEffect, StateField } from '@codemirror/state';
import { isRemote } from '../../editor/remote-annotation.ts';

/** What the last key did, where the next one depends on it: kills in a row are one, and Alt+Y takes the place of what was put in. */
export type LastAct = { kind: 'kill' } | { kind: 'yank'; from: number; to: number } | null;

export interface EmacsState {
  /** Where the mark is; null: nowhere yet. */
  mark: number | null;
  /** Do movements select from the mark? */
  active: boolean;
  last: LastAct;
}

export const setMark = StateEffect.define<{ mark: number | null; active: boolean }>();
export const did = Annotation.define<LastAct>();

/** Mark and last act of one editor. What others write moves them; one's own typing ends them. */
export const emacsState = StateField.define<EmacsState>({
  create: () => ({ mark: null, active: false, last: null }),
  update(state, transaction) {
    let { mark, active, last } = state;
    if (transaction.docChanged) {
      const { changes } = transaction;
      if (mark !== null) mark = changes.mapPos(mark, 1);
      if (last?.kind === 'yank')
        last = { kind: 'yank', from: changes.mapPos(last.from, 1), to: changes.mapPos(last.to, -1) };
      if (!isRemote(transaction)) active = false;
    }
    if (!isRemote(transaction) && (transaction.docChanged || transaction.selection !== undefined)) last = null;
    if (transaction.isUserEvent('select.pointer')) active = false;
    last = transaction.annotation(did) ?? last;
    for (const effect of transaction.effects) if (effect.is(setMark)) ({ mark, active } = effect.value);
    return mark === state.mark && active === state.active && last === state.last ? state : { mark, active, last };
  },
});
