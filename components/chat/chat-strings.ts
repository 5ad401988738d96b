import { count } from '../strings.ts';

/** The words of the chat. */
export const chatStrings = {
  log: 'Chat of this room',
  empty: 'Nobody has said anything yet.',
  loading: 'Loading the chat',
  failed: 'The chat could not be loaded. It comes when the network is back.',
  again: 'Try again',
  older: 'Loading older messages',
  olderFailed: 'Older messages could not be loaded.',
  today: 'Today',
  yesterday: 'Yesterday',
  fresh: (n: number) => `${count(n, 'new', 'new')}`,
  toNewest: (n: number) => count(n, 'new message', 'new messages'),
  unread: (n: number) => count(n, 'unread message', 'unread messages'),
  you: (name: string) => `${name}, you`,
  guest: 'Guest',

  field: 'Write to the room',
  send: 'Send',
  readOnly: 'This link reads along. It cannot write to the room.',
  locked: 'The owner locked this room. You can read what was said.',
  lost: 'This page no longer reaches the room.',

  sending: 'Sending',
  waits: 'Goes out when the network is back',
  waitsForUnlock: 'Goes out when the room is open again',
  notSent: 'Not sent.',
  retry: 'Try again',
  drop: 'Remove',

  quoteLine: 'Quote the selected line',
  quoting: 'This passage is quoted',
  noQuote: 'Put the caret into a line of the text that has words, and quote it then.',
  removeQuote: 'Do not quote it',
  jump: (words: string) => `Go to the passage: ${words}`,
  gone: 'This passage was deleted.',
  goneBy: (name: string) => `This passage was deleted by ${name}.`,
} as const;
