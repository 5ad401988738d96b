import type { ChangeSet } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import type { RoomTools } from '../room/room-tools.ts';

/** The name of our extension in the editor. */
const NAME = 'history-undoable';
/** As long as the offer to undo can be pressed, and a moment more, in ms. */
const OFFER_MS = 10_000;

/**
 * Runs `change`, which alters the editor's text before it returns, and gives back how to take exactly that back, whatever
 * was typed since by anybody. Null if nothing was altered. The way back is open for as long as a toast offers it.
 */
export function undoable(tools: Pick<RoomTools, 'editor' | 'extend'>, change: () => void): (() => void) | null {
  let back: ChangeSet | null = null;
  let changing = true;
  const listen = (update: ViewUpdate) => {
    for (const { docChanged, changes, startState } of update.transactions) {
      if (!docChanged) continue;
      if (changing) {
        const inverse = changes.invert(startState.doc);
        back = back === null ? inverse : inverse.compose(back);
        // What comes back stands before what was written at its place since.
      } else if (back !== null) back = back.map(changes, true);
    }
  };
  tools.extend(NAME, EditorView.updateListener.of(listen));
  try {
    change();
  } finally {
    changing = false;
  }
  const end = () => {
    clearTimeout(timer);
    back = null;
    tools.extend(NAME, null);
  };
  const timer = setTimeout(end, OFFER_MS);
  if (back === null) {
    end();
    return null;
  }
  return () => {
    const changes = back;
    end();
    if (changes !== null) tools.editor()?.dispatch({ changes, userEvent: 'undo' });
  };
}
