import { Compartment, type Extension, type StateEffect } from '@codemirror/state';

/** Where the editor has what optional parts of the page bring: vim keys, comment marks, who wrote what. */
const extras = new Compartment();

export const noExtras: Extension = extras.of([]);

export function reconfigureExtras(extensions: readonly Extension[]): StateEffect<unknown> {
  return extras.reconfigure(extensions);
}
