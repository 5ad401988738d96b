import english, { type SettingsWords } from '../words/compiled/en/settings.js';
import { wordsOf } from '../words/words-of.ts';

/** The words of the settings, and of what they bring. */
export const settingsStrings = wordsOf<SettingsWords>('settings', english);
