import type { EditorView } from '@codemirror/view';
import { cleanText, type RoomClient } from '../../lib/client/index.ts';
import { importQuestion, type ImportQuestion } from '../papers/import-question.ts';
import { paperStrings } from '../papers/paper-strings.ts';
import { size, strings } from '../strings.ts';
import { decodeFile } from './decode-file.ts';
import type { Surfaces } from './surfaces.ts';
import { uploadFile } from './upload-file.ts';

/** More bytes than any room holds; reading them would only make the page stall. */
const MOST_BYTES = 16 * 1024 * 1024;
const HTML = /\.(html?|xhtml)$/i;

export interface FileDrop {
  client: RoomClient | null;
  view: () => EditorView | null;
  /** Opens the question what to do with a file where there is a text already. */
  show: (change: Partial<Surfaces>) => void;
  say: (words: string) => void;
  /** Called with a sentence when a file is refused. */
  onRefused: (words: string) => void;
}

/**
 * Brings a file into the room: as its text if it is empty, else after a question. `at`: where it was dropped, px in the
 * window; null if it was chosen. Web pages come in as Markdown.
 */
export async function takeFile(drop: FileDrop, file: File, at: { x: number; y: number } | null): Promise<void> {
  const { client, view, show, say, onRefused } = drop;
  const editor = view();
  if (client === null || editor === null) return;
  if (!client.view().canEdit) return onRefused(strings.notice.readOnly);
  const limit = client.view().limits.document;
  if (file.size > MOST_BYTES) {
    const rest = Math.max(0, limit - editor.state.doc.length);
    return onRefused(strings.notice.fileTooLong(size(file.size), size(rest)));
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoded = await decodeFile(bytes);
  if (decoded === null) return onRefused(strings.notice.notText);
  const { text, name } = await asMarkdown(cleanText(decoded.text), file.name);
  if (text === '') return;
  const space = client.fits([text]);
  const empty = editor.state.doc.length === 0;
  if (empty && !space.ok) return onRefused(strings.notice.fileTooLong(size(space.size), size(space.rest)));
  if (decoded.encoding !== null) say(paperStrings.readAs(decoded.encoding));
  if (!empty) {
    importQuestion.set({ name: file.name, text, at });
    return show({ dialog: 'importFile' });
  }
  if (client.view().title === '') client.setTitle(name);
  // Through the server, so that it learns the file's line ends and byte-order mark and can give the same bytes back.
  if (navigator.onLine && client.view().unsaved === 0) {
    client.publish();
    const same = decoded.encoding === null && name === file.name;
    if (await uploadFile(client.view().token, same ? bytes : new TextEncoder().encode(text))) return;
  }
  insertFile(view() ?? editor, { name, text, at: null });
}

/** Puts a file's text into a room that has one: where it was dropped, or at the caret. */
export function insertFile(view: EditorView, { text, at }: ImportQuestion): void {
  const dropped = at === null ? null : view.posAtCoords(at);
  const { from, to } = dropped === null ? view.state.selection.main : { from: dropped, to: dropped };
  put(view, from, to, text);
}

/** Puts it in place of everything. */
export function replaceByFile(view: EditorView, { text }: ImportQuestion): void {
  put(view, 0, view.state.doc.length, text);
}

function put(view: EditorView, from: number, to: number, text: string): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    scrollIntoView: true,
    userEvent: 'input.drop',
  });
  view.focus();
}

/** A web page becomes Markdown, named so; everything else stays as it is. */
async function asMarkdown(text: string, name: string): Promise<{ text: string; name: string }> {
  if (!HTML.test(name)) return { text, name };
  const { htmlToMarkdown } = await import('../papers/html-to-markdown.ts');
  return { text: cleanText(htmlToMarkdown(text).markdown), name: name.replace(HTML, '.md') };
}
