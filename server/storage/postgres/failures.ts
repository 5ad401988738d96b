import { DatabaseError as ServerError } from 'pg';
import { StorageRefused, StorageUnavailable } from '../storage.ts';

/**
 * Classes of SQLSTATE that are the statement's own fault: data exceptions, broken constraints, limits of the program.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OWN_FAULT = /^(22|23|54)/;
/** After these the connection is as good as before: besides the above, transactions that the server rolled back. */
const HARMLESS = /^(22|23|40|54)/;

/** The SQLSTATE of an error of the database server; undefined for any other error. */
export function stateOf(error: unknown): string | undefined {
  return error instanceof ServerError ? error.code : undefined;
}

/** May the connection on which this happened be used again? Not if it is not known what it is doing. */
export function leavesUsable(error: unknown): boolean {
  if (error instanceof StorageRefused) return true;
  return HARMLESS.test(stateOf(error) ?? '');
}

/** What a caller of the storage is told of a failure: whether to ask again, or that it asked for the impossible. */
export function toStorageError(error: unknown): Error {
  if (error instanceof StorageRefused || error instanceof StorageUnavailable) return error;
  const state = stateOf(error);
  if (state !== undefined) {
    const words = `${state}: ${reasonOf(error)}`;
    return OWN_FAULT.test(state) ? new StorageRefused(words) : new StorageUnavailable(words);
  }
  if (error instanceof TypeError || error instanceof RangeError) return new StorageRefused(error.message);
  return new StorageUnavailable(reasonOf(error));
}

/** What happened, in the library's or the system's words. They never hold the address with its password. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses fails with one error for all of them, which says nothing itself.
  if (error.message === '' && error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error.message || error.name;
}
