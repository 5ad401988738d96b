/** Where this browser keeps how it likes its text: the script before the first paint looks there too. */
export const PREFERENCES_KEY = 'tandem:preferences';
