import type { EditorView } from '@codemirror/view';
import { cleanText, type RoomClient } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { decodeFile } from './decode-file.ts';
import { uploadFile } from './upload-file.ts';

/** More bytes than any room holds; reading them would only make the page stall. */
const MOST_BYTES = 16 * 1024 * 1024;

export interface FileDrop {
  client: RoomClient | null;
  view: () => EditorView | null;
  /** Called with a sentence when a file is refused. */
  onRefused: (words: string) => void;
}

/** Brings a file into the room: as its text if it is empty, else where it was dropped (`at`, px in the window). */
export async function takeFile(
  { client, view, onRefused }: FileDrop,
  file: File,
  at: { x: number; y: number },
): Promise<void> {
  const editor = view();
  if (client === null || editor === null) return;
  if (!client.view().canEdit) return onRefused(strings.notice.readOnly);
  const limit = client.view().limits.document;
  if (file.size > MOST_BYTES) {
    return onRefused(strings.notice.fileTooLong(file.size, Math.max(0, limit - editor.state.doc.length)));
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoded = decodeFile(bytes);
  if (decoded === null) return onRefused(strings.notice.notText);
  const text = cleanText(decoded);
  if (text === '') return;
  const space = client.fits([text]);
  if (!space.ok) return onRefused(strings.notice.fileTooLong(space.size, space.rest));
  const empty = editor.state.doc.length === 0;
  if (client.view().title === '') client.setTitle(file.name);
  // Through the server, so that it learns the file's line ends and byte-order mark and can give the same bytes back.
  if (empty && navigator.onLine && client.view().unsaved === 0) {
    client.publish();
    if (await uploadFile(client.view().token, bytes)) return;
  }
  insert(view() ?? editor, text, empty ? null : at);
}

function insert(view: EditorView, text: string, at: { x: number; y: number } | null): void {
  const position = (at === null ? null : view.posAtCoords(at)) ?? view.state.selection.main.head;
  view.dispatch({
    changes: { from: position, insert: text },
    selection: { anchor: position + text.length },
    scrollIntoView: at !== null,
    userEvent: 'input.drop',
  });
  view.focus();
}
