/** The words of the search panel and of what it says to screen readers. `$` stands for a number. */
export const searchStrings = {
  find: 'Find',
  replaceWith: 'Replace',
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  matchCase: 'Match case',
  regexp: 'Regular expression',
  byWord: 'Whole words',
  replace: 'Replace',
  replaceAll: 'Replace all',
  close: 'Close',
  currentMatch: 'This match',
  onLine: 'on line',
  replacedOnLine: 'Replaced on line $',
  replaced: 'Replaced $ matches',
} as const;
