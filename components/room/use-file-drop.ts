import type { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
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

/** A file dropped anywhere on the page: fills an empty room, else comes in where it was dropped. */
export function useFileDrop(drop: FileDrop): void {
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const dropped = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      // Before the editor, which would read the file in its own way, and before the browser, which would open it.
      event.preventDefault();
      event.stopPropagation();
      const at = { x: event.clientX, y: event.clientY };
      takeFile(latest.current, file, at).catch(() => latest.current.onRefused(strings.notice.dropFailed));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', dropped, true);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', dropped, true);
    };
  }, []);
}

async function takeFile(
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

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
