/** A seed whose history broke a promise once. Each also has a test beside the file that was mended. */
export interface Regression {
  seed: number;
  what: string;
}

/**
 * What the simulator found. A seed stands for another history once the simulator draws other random numbers; then
 * `npm run simulate -- --mutants --only "found by simulation"` breaks the product again and tells a new one.
 */
export const REGRESSIONS: readonly Regression[] = [
  { seed: 86, what: 'a revision that was committed just when a catch-up ended was not sent' },
  { seed: 9, what: 'an edit over REST was written twice when the answer of its append was lost' },
  { seed: 28, what: 'who joined a new room while it was being created could not write' },
  { seed: 22, what: 'a client with an old record used a settled number again, and its edit was taken for a duplicate' },
  { seed: 13, what: 'a node that could not read the log let a client in behind what others had shown' },
  { seed: 5238, what: 'two nodes let people into two rooms of one name, and an edit was taken for settled' },
  { seed: 1048, what: 'a lock was taken back by a look at the store from just before it' },
  { seed: 605, what: 'who was ended by its welcome, as too slow, was shown to the others as being here' },
];
