import type { EditorView } from '@codemirror/view';
import type { RoomTools } from '../room/room-tools.ts';
import { roomLinks } from '../share/room-links.ts';
import { redactWish } from './wishes.ts';

/** Characters from which on the same words elsewhere are hardly anybody else's. */
const OWN_WORDS = 12;

/** A passage of the text at a revision, in UTF-16 units. */
export interface RedactPassage {
  rev: number;
  from: number;
  to: number;
  text: string;
}

/** What stands between it and being named to the server. */
export type RedactState =
  { kind: 'nothing' } | { kind: 'offline' } | { kind: 'unsaved' } | { kind: 'ready'; passage: RedactPassage };

/** The owner link, if this browser has it: who does not have it is not offered to redact. */
export function ownerTokenOf({ view }: Pick<RoomTools, 'view'>): string | null {
  return roomLinks(view.token, view.role).owner;
}

/** Opens the dialog for what is selected in the text of a moment, or in the text now. */
export function wishToRedact(tools: RoomTools, moment: { rev: number; view: EditorView } | null): void {
  redactWish.set(moment === null ? null : (selectionOf(moment.view, moment.rev) ?? 'nothing'));
  tools.show({ dialog: 'redact' });
}

/** The passage as it is now. In the text now it moves with what others write, and has to be the server's text too. */
export function passageToRedact({ client, editor }: RoomTools, moment: RedactPassage | 'nothing' | null): RedactState {
  if (moment === 'nothing') return { kind: 'nothing' };
  const now = client?.view();
  if (!now?.online) return { kind: 'offline' };
  if (moment !== null) return { kind: 'ready', passage: moment };
  const view = editor();
  const passage = view === null ? null : selectionOf(view, now.rev);
  if (passage === null) return { kind: 'nothing' };
  return now.unsaved > 0 ? { kind: 'unsaved' } : { kind: 'ready', passage };
}

/** Is it so long that other places with the same words are surely copies? */
export function areOwnWords(text: string): boolean {
  return text.trim().length >= OWN_WORDS;
}

function selectionOf(view: EditorView, rev: number): RedactPassage | null {
  const { from, to, empty } = view.state.selection.main;
  return empty ? null : { rev, from, to, text: view.state.sliceDoc(from, to) };
}
