import { count } from '../strings.ts';

/** The words about taking a passage out of the history. */
export const redactStrings = {
  action: 'Remove from history…',
  heading: 'Remove from history',
  passage: 'The passage',
  more: (characters: number) => count(characters, 'more character', 'more characters'),
  what: 'These words go from the text now. In every earlier revision blocks stand in their place, and so they do in quotes and comments about them.',
  final: 'Nothing brings them back: no undo, no history, no one.',
  reach:
    'What was read, copied or downloaded is out of reach, and so are backups. A browser that is offline has its copy until it comes back.',
  copies: 'Also wherever else the same words stand or stood, in chat, comments and names too',
  select: 'Select what has to go, in the text or in a moment of the history. Then open this again.',
  unsaved: 'Wait until everything is saved.',
  offline: 'This needs the server. Wait until the connection is back.',
  moved: 'The passage was changed meanwhile. This is what it says now.',
  confirm: 'Remove for ever',
  working: 'Removing…',
  workingLong: 'Removing it from every revision. The room opens anew for everybody when it is done.',
  cancel: 'Cancel',
  done: (revisions: number) =>
    revisions === 0
      ? 'It was not in the history any more.'
      : `Removed from the text and from ${count(revisions, 'change', 'changes')} in its history.`,
  faults: {
    unreachable: 'The server did not answer, so it may be done already. Ask again: that does no harm.',
    other: 'The server could not do that. Ask again.',
  },
};
