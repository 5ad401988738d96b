import { digits } from '../strings.ts';

/** What is said aloud of the others: apart from their other words, because it comes with the page. */
export const announceStrings = {
  joined: (name: string) => `${name} joined.`,
  left: (name: string) => `${name} left.`,
  manyJoined: (n: number) => `${digits(n)} people joined.`,
  manyLeft: (n: number) => `${digits(n)} people left.`,
  editing: (name: string, line: number) => `${name} is editing line ${digits(line)}.`,
} as const;
