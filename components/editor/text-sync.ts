import { isolateHistory } from '@codemirror/commands';
import { Transaction, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import { isIdentity, type Op, type RoomClient } from '../../lib/client/index.ts';
import { fetchPeopleParts } from '../people/fetch-people-parts.ts';
import { changesFromOp, opFromChanges } from './op-changes.ts';
import { remote, remoteParts } from './remote-annotation.ts';
import { drawCarets, showCarets } from './remote-carets.ts';

/** An edit that would pass the room's limit: `size` units would come in, and there is space for `rest`. */
export interface TooLong {
  size: number;
  rest: number;
}

/**
 * What CodeMirror does with its transactions: each becomes the view's, and what the person at this screen changed goes
 * to the client as an op, in order. An edit that the room has no space for is refused whole.
 */
export function sendTo(client: RoomClient, onTooLong: (too: TooLong) => void) {
  return (transactions: readonly Transaction[], view: EditorView): void => {
    const ops: Op[] = [];
    for (const transaction of transactions) {
      if (!transaction.docChanged || transaction.annotation(remote) !== undefined) continue;
      const op = opFromChanges(transaction.changes);
      if (!isIdentity(op)) ops.push(op);
    }
    for (const op of ops) {
      const space = client.fits(op);
      if (!space.ok) return onTooLong(space);
    }
    view.update(transactions);
    for (const op of ops) client.edit(op);
  };
}

/** Tells the client where the own carets are: when they move without an edit, and when the text gains or loses the focus. */
export function announceSelection(client: RoomClient): Extension {
  return EditorView.updateListener.of((update: ViewUpdate) => {
    if (!update.selectionSet && !update.focusChanged) return;
    if (update.docChanged && !update.focusChanged) return;
    client.select(update.view.hasFocus ? rangesOf(update.state) : null);
  });
}

/** Brings everybody else's edits and carets into `view`. Returns how to stop. */
export function receiveFrom(client: RoomClient, view: EditorView): () => void {
  const stopChanges = client.onChange(({ op, author, by, own = false }) => {
    if (op.length === 0) return;
    view.dispatch({
      changes: changesFromOp(op, view.state.doc.length),
      annotations: [
        remote.of(author),
        ...(by === undefined ? [] : [remoteParts.of(by)]),
        Transaction.remote.of(!own),
        own ? isolateHistory.of('full') : Transaction.addToHistory.of(false),
      ],
    });
  });
  const painter = caretPainter(view);
  const stopCarets = client.onCarets((carets, cause) => {
    showCarets(view, carets, cause.moved);
    if (carets.length > 0) painter.begin();
  });
  return () => {
    stopChanges();
    stopCarets();
    painter.stop();
  };
}

/** Fetches what draws carets, once there are any; if it cannot be fetched, the next caret asks again. */
function caretPainter(view: EditorView): { begin: () => void; stop: () => void } {
  let state: 'away' | 'coming' | 'here' | 'stopped' = 'away';
  return {
    begin() {
      if (state !== 'away') return;
      state = 'coming';
      fetchPeopleParts().then(
        ({ caretDrawing }) => {
          if (state !== 'coming') return;
          state = 'here';
          drawCarets(view, caretDrawing());
        },
        () => {
          if (state === 'coming') state = 'away';
        },
      );
    },
    stop() {
      state = 'stopped';
    },
  };
}

function rangesOf(state: EditorState): [number, number][] {
  return state.selection.ranges.map(({ anchor, head }) => [anchor, head]);
}
