import { Compartment, type Extension, type StateEffect } from '@codemirror/state';

/** Where the editor has what optional parts of the page bring: vim keys, comment marks, who wrote what. */
const extras = new Compartment();

/** The place for them in a new editor, with those that are there already. */
export function beginningExtras(extensions: readonly Extension[]): Extension {
  return extras.of([...extensions]);
}

export function reconfigureExtras(extensions: readonly Extension[]): StateEffect<unknown> {
  return extras.reconfigure(extensions);
}
