import type { RoomTools } from '../room/room-tools.ts';
import { fetchTakeFile } from '../room/use-file-drop.ts';
import { strings } from '../strings.ts';

/** Asks for a file and brings it in: as the text of an empty room, else where the caret is. */
export function bringInFile({ client, editor, warn }: RoomTools): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.addEventListener('change', () => {
    const file = field.files?.[0];
    const view = editor();
    if (file === undefined || view === null) return;
    const caret = view.coordsAtPos(view.state.selection.main.head);
    const at = { x: caret?.left ?? 0, y: caret?.top ?? 0 };
    fetchTakeFile()
      .then(({ takeFile }) => takeFile({ client, view: editor, onRefused: warn }, file, at))
      .catch(() => warn(strings.notice.dropFailed));
  });
  field.click();
}
