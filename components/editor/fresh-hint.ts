import type { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';

/** What the second sentence of the hint is made of: every other piece is a template's name. */
export function freshPieces(): string[] {
  return strings.fresh.start.split(/[[\]]/);
}

/**
 * EmptyRoom: what an empty text says, gone with the first letter. A fresh element each time, as CodeMirror wants it. Screen
 * readers do not find their way into it: they, and keys, have the templates' dialog.
 */
export function freshHint(client: RoomClient): (view: EditorView) => HTMLElement {
  return (view) => {
    const hint = document.createElement('span');
    hint.className = 'fresh-hint';
    const first = document.createElement('span');
    first.textContent = strings.fresh.hint;
    const second = document.createElement('span');
    second.className = 'fresh-hint-drop';
    freshPieces().forEach((piece, index) => {
      const part = document.createElement(index % 2 === 1 ? 'u' : 'span');
      part.textContent = piece;
      if (index % 2 === 1) part.onclick = () => begin(view, client, (index - 1) / 2);
      second.append(part);
    });
    hint.append(first, second);
    return hint;
  };
}

function begin(view: EditorView, client: RoomClient, index: number): void {
  import('../room/part-files.ts')
    .then(({ startFrom }) => startFrom())
    .then(({ startFromHint }) => startFromHint(view, client, index), reportError);
}
