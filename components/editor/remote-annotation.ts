import { Annotation, type Transaction } from '@codemirror/state';

/** Marks a transaction that carries somebody else's edit; its value is the author, null for a rebase on the server's text. */
export const remote = Annotation.define<number | null>();

/** Does it carry somebody else's edit? */
export function isRemote(transaction: Transaction): boolean {
  return transaction.annotation(remote) !== undefined;
}
