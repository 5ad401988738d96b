import { Annotation, type Transaction } from '@codemirror/state';
import type { RemoteChange } from '../../lib/client/index.ts';

/** Marks a transaction that carries somebody else's edit; its value is the author, null for several, or for a rebase on the server's text. */
export const remote = Annotation.define<number | null>();

/** Beside `remote`: what several people have done one after the other, which is the transaction's change when put together. */
export const remoteParts = Annotation.define<NonNullable<RemoteChange['by']>>();

/** Does it carry somebody else's edit? */
export function isRemote(transaction: Transaction): boolean {
  return transaction.annotation(remote) !== undefined;
}
