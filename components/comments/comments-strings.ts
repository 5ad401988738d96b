import { count } from '../strings.ts';

/** The words of comments. */
export const commentsStrings = {
  comment: 'Comment',
  beside: 'Comment on this passage',
  commentOnSelection: 'Comment on the selection',
  empty: 'Select some text to comment on it.',
  noneResolved: 'Nothing is resolved yet.',
  loading: 'Loading the comments',
  failed: 'The comments could not be loaded. They come when the network is back.',
  again: 'Try again',
  filter: 'Which comments',
  open: (n: string) => `Open ${n}`,
  resolved: (n: string) => `Resolved ${n}`,
  openCount: (n: number) => count(n, 'open comment', 'open comments'),
  thread: (name: string, words: string) => `Comment by ${name} on “${words}”`,
  draft: (words: string) => `New comment on “${words}”`,

  look: 'Go to the passage',

  field: 'Comment',
  send: 'Comment',
  cancel: 'Cancel',
  reply: 'Reply',
  resolve: 'Resolve',
  reopen: 'Open again',
  resolvedBy: (name: string, when: string) => `Resolved by ${name}, ${when}`,
  quoteInChat: 'Quote in chat',
  close: 'Close',
  previous: 'Previous comment',
  next: 'Next comment',

  change: 'Change',
  keep: 'Keep the change',
  changed: 'changed',
  remove: 'Delete',
  removeThreadAsk: 'The replies go with it, for everybody.',
  removeAsk: 'It goes for everybody.',
  removeYes: 'Delete it',

  passageGone: 'The passage was deleted before the comment could be sent.',
  readOnly: 'This link reads along. It cannot comment.',
  locked: 'The owner locked this room. You can read the comments.',
} as const;
