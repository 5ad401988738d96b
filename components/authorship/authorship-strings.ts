import { digits } from '../strings.ts';

/** The words of the thread that says who wrote what. */
export const authorshipStrings = {
  label: 'Who wrote what',
  /** Of an author whose name is not known yet. */
  somebody: 'Somebody',
  /** `when`: "today, 14:05", "21 November, 16:48". */
  by: (name: string, when: string) => `${name}, ${when}`,
  also: (names: string) => `Also ${names}`,
  today: (time: string) => `today, ${time}`,
  yesterday: (time: string) => `yesterday, ${time}`,
  date: (date: string, time: string) => `${date}, ${time}`,
  line: (line: number, words: string) => `Line ${digits(line)}: ${words}`,
  empty: 'nothing written here',
} as const;
