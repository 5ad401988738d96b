import { count, digits } from '../strings.ts';

/** The words about the others: where they are, what can be done with them, and what is said aloud. */
export const presenceStrings = {
  /** On a chip: who it is, and what they do. */
  idle: (who: string) => `${who}, idle`,
  viewing: (who: string) => `${who}, viewing`,

  doing: {
    editing: (line: number) => `Editing line ${digits(line)}`,
    at: (line: number) => `Line ${digits(line)}`,
    selected: (line: number, units: number) => `Line ${digits(line)}, ${digits(units)} selected`,
    idle: (minutes: number) => `Idle for ${count(minutes, 'minute', 'minutes')}`,
    byLink: (name: string) => `By the link "${name}"`,
  },

  menu: {
    label: (name: string) => `What to do with ${name}`,
    more: (name: string) => `More about ${name}`,
    jump: 'Go to their caret',
    follow: 'Follow',
    followName: (name: string) => `Follow ${name}`,
    stop: 'Stop following',
    stopName: (name: string) => `Stop following ${name}`,
    undo: 'Undo their changes',
    remove: 'Remove from the room',
  },
  nowhere: (name: string) => `${name} has no caret in the text now.`,

  following: {
    who: (name: string) => `Following ${name}`,
    how: 'Esc stops',
    stop: (name: string) => `Following ${name}. Stop following`,
    left: (name: string) => `${name} left.`,
  },

  nearby: {
    below: (name: string) => `${name} is editing below`,
    above: (name: string) => `${name} is editing above`,
  },

  next: {
    place: (name: string, line: number) => `${name}, line ${digits(line)}`,
    nobody: 'Nobody else has a caret in the text now.',
  },

  focus: {
    on: 'Only the text now. Ctrl Shift Enter brings the others back.',
    onPhone: 'Only the text now. The button above brings the others back.',
    leave: 'Leave focus mode',
    enter: 'Focus mode',
  },

  panel: {
    authorship: 'Colour in the margin by who wrote it',
    authorText: 'Colour the text too',
    focus: 'Focus mode: only the text',
    announce: 'Read aloud to screen readers',
    off: 'Off',
    people: 'People',
    everything: 'Everything',
  },
} as const;
