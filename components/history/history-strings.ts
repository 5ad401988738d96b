import { count, digits } from '../strings.ts';

/** The words of the history: the bar below, the text of a moment, and the dialogs that take things back. */
export const historyStrings = {
  label: 'History',
  loading: 'Loading history',
  loadingText: 'Loading the text of this moment',
  empty: 'This room begins now.',
  now: 'now',
  atNow: 'This is the text now.',
  asOf: (date: string, time: string) => `As of ${date}, ${time}`,
  pastText: (date: string, time: string) => `Text as of ${date}, ${time}`,
  comparedText: 'Two moments compared',
  guest: 'Guest',
  revisionOf: (rev: number, newest: number) => `Revision ${digits(rev)} of ${digits(newest)}`,
  revision: (rev: number) => `Revision ${digits(rev)}`,
  stop: (rev: number, name: string, when: string) => `Revision ${digits(rev)}, ${name}, ${when}`,
  between: (from: number, to: number) => `Revision ${digits(from)} to ${digits(to)}`,
  when: (date: string, time: string) => `${date}, ${time}`,

  slider: 'Moment',
  sliderFrom: 'Compare from',
  sliderTo: 'Compare to',
  play: 'Play',
  pause: 'Pause',
  speed: (times: number) => `${digits(times)}×`,
  speedLabel: (times: number) => `Speed: ${digits(times)} times`,

  compare: 'Compare',
  undoPerson: 'Undo a person',
  backToNow: 'Back to now',
  close: 'Close the history',
  more: 'More for this moment',
  restore: 'Restore this',
  name: 'Name',
  rename: 'Rename',
  link: 'Copy a link to this moment',
  linkCopied: 'Link to this moment copied.',
  linkNotCopied: 'This browser does not let Tandem copy. The link is in the address bar now.',
  noLink: 'No link is left that can be given away. Make one under "Manage links".',
  download: 'Download this text',
  redact: 'Remove the selection for ever',

  changes: (n: number) => count(n, 'change', 'changes'),
  changeOf: (index: number, n: number) => `Change ${digits(index)} of ${digits(n)}`,
  noChanges: 'Nothing differs between these two moments.',
  nextChange: 'Next change (Alt ↓)',
  previousChange: 'Previous change (Alt ↑)',
  addedBy: (name: string, when: string) => `Added by ${name}, ${when}`,
  removedBy: (name: string, when: string) => `Removed by ${name}, ${when}`,
  restored: (date: string, time: string, rev: number) => `Restored ${date}, ${time} as revision ${digits(rev)}.`,
  restoredHere: (date: string, time: string) => `Restored ${date}, ${time}.`,
  sameAsNow: 'The text is the same now, so nothing was changed.',
  doesNotFit: 'That text is longer than this room has space for, so nothing was changed.',
  undo: 'Undo',

  versions: {
    label: 'Name of this version',
    placeholder: 'First draft',
    heading: 'Name this version',
    renameHeading: 'Rename this version',
    save: 'Save',
    remove: 'Remove the name',
    named: (name: string) => `This version is called ${name}.`,
    removed: 'The name is gone. The text stays in the history.',
    go: (name: string) => `Go to version ${name}`,
  },

  visit: {
    offer: (date: string, time: string) => `Others wrote here since your last visit, ${date}, ${time}.`,
    show: 'Show changes',
    dismiss: 'Dismiss',
  },

  undoDialog: {
    heading: 'Undo a person',
    who: 'Whose changes',
    since: 'Since',
    choices: {
      minutes: '10 minutes ago',
      hour: 'An hour ago',
      today: 'This morning',
      moment: (date: string, time: string) => `${date}, ${time}`,
    },
    counting: 'Counting changes',
    nothing: (name: string) => `Nothing by ${name} is left to undo since then.`,
    nobody: 'Nobody has written here yet.',
    ask: (n: number, name: string, since: string) =>
      `Undo ${count(n, 'change', 'changes')} by ${name} since ${since}. Everybody else's work stays.`,
    effect: (removed: number, returned: number) =>
      `${count(removed, 'character goes', 'characters go')}, ${count(returned, 'character comes back', 'characters come back')}.`,
    preview: 'What would change',
    confirm: (n: number) => `Undo ${count(n, 'change', 'changes')}`,
    cancel: 'Cancel',
    done: (n: number, name: string) => `Undid ${count(n, 'change', 'changes')} by ${name}.`,
    moved: 'The room has moved on since this was counted. Here is the new count.',
    skipped: (characters: number) => `${count(characters, 'unchanged character', 'unchanged characters')} not shown`,
  },

  redactDialog: {
    heading: 'Remove from the history',
    explain:
      'The selected words are struck out of every revision in which this passage stands, and out of the text now. Nothing brings them back, and nobody is told what they were.',
    passage: 'The passage',
    everywhere: 'Wherever else these words stand in the history, too',
    none: 'Select what has to go in the text first, then open this again.',
    unsaved: 'Wait until everything is saved, then open this again.',
    first: 'Remove for ever',
    second: 'Yes, remove it for ever',
    done: (places: number, revisions: number) =>
      `Removed at ${count(places, 'place', 'places')} in ${count(revisions, 'revision', 'revisions')}.`,
  },

  faults: {
    unreachable: 'The history comes from the server, which does not answer now. Your text is unchanged.',
    other: 'The server could not do that. Your text is unchanged.',
    retry: 'Try again',
  },
} as const;
