import type { EditorState } from '@codemirror/state';
import type { RoomTools } from '../room/room-tools.ts';
import { chatOf, DRAFT } from './chat-of.ts';
import { chatStrings } from './chat-strings.ts';
import type { Place } from './passages.ts';

/** Quotes what is selected in the text, or else the caret's line, in the message that is being written. */
export function quoteSelection(tools: RoomTools): void {
  const state = tools.editor()?.state;
  const place = state === undefined ? null : lineOf(state);
  if (place === null) tools.say(chatStrings.noQuote);
  else quote(tools, place);
}

/** Quotes a passage in the message that is being written, and shows the chat. */
export function quote(tools: RoomTools, place: Place): void {
  const { client, editor, extend, show } = tools;
  const view = editor();
  if (client === null || view === null) return;
  const { store, draft } = chatOf(client, editor);
  extend('chat', store.anchors.extension);
  store.anchors.follow(DRAFT, place);
  draft.set({ ...draft.get(), quote: view.state.sliceDoc(place.from, place.to) });
  show({ panel: 'chat' });
}

/** The selection, or the line of the caret, without the white space around it; null if there are no words. */
export function lineOf(state: EditorState): Place | null {
  const { from, to, empty } = state.selection.main;
  const line = state.doc.lineAt(from);
  const start = empty ? line.from : from;
  const words = state.sliceDoc(start, empty ? line.to : to);
  const trimmed = words.trim();
  const begin = start + words.length - words.trimStart().length;
  return trimmed === '' ? null : { from: begin, to: begin + trimmed.length };
}
