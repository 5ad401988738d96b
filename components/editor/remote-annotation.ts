import { Annotation } from '@codemirror/state';

/** Marks a transaction that carries somebody else's edit; its value is the author, null for a rebase on the server's text. */
export const remote = Annotation.define<number | null>();
