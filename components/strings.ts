/**
 * Every word that the page says, in one place, so that other languages can stand beside it. Sentence case, present
 * tense; numbers come in as digits with separators.
 */
export const strings = {
  skip: 'Go to the text',

  title: { untitled: 'Untitled', label: 'Title of the room', edit: (title: string) => `${title}, rename the room` },
  text: { label: 'Text', readOnlyLabel: 'Text, read only' },
  fresh: {
    hint: 'Write here. Send the link, and somebody writes with you.',
    /** What is in brackets can be pressed, and begins the text with a template: the same three, in this order. */
    start: 'Or start from [meeting notes], [an interview], [a retrospective], or drop a file on this page.',
  },

  status: {
    ready: 'Ready',
    saved: 'Saved',
    device: 'On this device',
    received: 'Received',
    offline: 'Offline',
    reconnecting: 'Reconnecting',
    catchingUp: 'Catching up',
    cannotWrite: 'Server cannot write',
    view: 'View only',
    locked: 'Locked',
    full: 'Too long',
    charactersKept: (n: number) => `${count(n, 'character', 'characters')} kept here`,
    kept: (n: number) => `${digits(n)} kept here`,
    toSend: (n: number) => `${digits(n)} to send`,
    limit: (units: number) => `${size(units)} is the limit`,
    textKept: 'text kept here',
    lost: {
      revoked: 'Link revoked',
      expired: 'Link ended',
      removed: 'Removed',
      password: 'Password wanted',
      signIn: 'Not signed in',
      deleted: 'Room deleted',
      missing: 'No such room',
      updated: 'Tandem was updated',
      refused: 'Refused',
    },
  },

  details: {
    download: 'Download a copy',
    noCopy: (n: number) =>
      `This browser does not let Tandem keep a copy. Until "Saved" shows, closing the tab loses ${count(n, 'character', 'characters')}.`,
  },

  people: {
    you: (name: string) => `${name}, you`,
    label: 'People in this room',
    count: (n: number) => count(n, 'person', 'people'),
    more: (n: number) => `+${digits(n)}`,
    moreLabel: (n: number) => `${digits(n)} more`,
    guest: 'Guest',
    /** Somebody else, by how they came. */
    other: {
      ot: (name: string) => name,
      yjs: (name: string) => `${name}, joined with another editor (Yjs)`,
      api: (name: string) => `${name}, a program`,
    },
  },

  share: {
    button: 'Share',
    editCopied: 'Edit link copied. Anyone with it can write here.',
    viewCopied: 'View link copied. Anyone with it can read along.',
  },

  more: {
    label: 'More',
    history: 'History',
    panel: 'Chat, comments, people',
    unread: (n: number) => `Chat, comments, people; ${count(n, 'unread message', 'unread messages')}`,
  },

  footer: {
    counts: (words: number, characters: number) =>
      `${count(words, 'word', 'words')}, ${count(characters, 'character', 'characters')}`,
    selected: (words: number, characters: number) =>
      `${count(words, 'word', 'words')}, ${count(characters, 'character', 'characters')} selected`,
    position: (line: number, column: number) => `Ln ${digits(line)}, Col ${digits(column)}`,
    goToLine: 'Go to line',
    palette: 'All commands',
    language: 'Language of the text',
    plainText: 'Plain text',
  },

  notice: {
    serverError: 'The server stumbled. Your text is kept here; trying again.',
    tooFast: (seconds: number) => `Too many changes at once. Waiting ${digits(seconds)} s, nothing is lost.`,
    notKept: 'This browser has not kept this room. The text comes when the network is back.',
    healed: 'This page had drifted from the room and was put right. Your text is unchanged.',
    rebased: 'The room changed a lot while you were away. Your text was merged in; your own copy is here.',
    showMyCopy: 'Show my copy',
    dismiss: 'Close',
    copyText: 'Copy my text',
    textCopied: 'Text copied',
    textNotCopied: 'This browser does not let Tandem copy. Select the text and copy it.',
    newRoomWithIt: 'New room with it',
    download: 'Download',
    reload: 'Reload',
    pasteTooLong: (got: number, rest: number) =>
      `This paste has ${size(got)}, and this room has space for ${size(rest)}. It was not inserted; it is still in your clipboard.`,
    fileTooLong: (got: number, rest: number) =>
      `This file has ${size(got)}, and this room has space for ${size(rest)}. Nothing was changed.`,
    notText: 'This file is not text, so nothing was changed.',
    readOnly: 'This link only reads, so nothing was changed.',
    dropFailed: 'The file could not be read, so nothing was changed.',
    downloadFailed: 'The room changed since it was saved, so this copy comes from this page.',
  },

  loading: 'Loading the text',

  announce: {
    offline: 'Offline. Your text is kept here.',
    cannotWrite: 'The server cannot write. Your text is kept here.',
    saved: 'Saved.',
    locked: 'The owner locked this room. You can read and copy.',
    unlocked: 'The room is open again.',
    lost: 'Access to this room ended.',
  },
} as const;

/** A number with separators: 12843 → "12,843". */
export function digits(n: number): string {
  return n.toLocaleString('en');
}

/** "1 word", "2 words". */
export function count(n: number, one: string, many: string): string {
  return `${digits(n)} ${n === 1 ? one : many}`;
}

/** UTF-16 units in the words people use for sizes: a room of plain letters has as many bytes. */
export function size(units: number): string {
  if (units < 10_000) return count(units, 'character', 'characters');
  if (units < 1_000_000) return `${digits(Math.floor(units / 1000))} KB`;
  return `${digits(Math.floor((units / 1_048_576) * 10) / 10)} MB`;
}
