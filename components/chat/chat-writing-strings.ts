import { count } from '../strings.ts';

/** Who writes something to the room just now. */
export const chatWritingStrings = {
  one: (name: string) => `${name} is writing`,
  two: (first: string, second: string) => `${first} and ${second} are writing`,
  more: (n: number) => count(n, 'person is writing', 'people are writing'),
} as const;
