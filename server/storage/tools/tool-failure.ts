import { StorageRefused, StorageUnavailable } from '../storage.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { DataFolderError } from '../sqlite/data-folder-error.ts';
import { SqliteFailure } from '../sqlite/driver.ts';

/** A tool cannot do what it was asked. The message is a sentence for whoever ran it, and says what to do. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
}

/** What a tool's run ends with: null if it did what it was asked, or the sentence why not. Bugs are thrown. */
export async function outcomeOf(run: () => void | Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof Error && isForPeople(error)) return error.message;
    throw error;
  }
}

function isForPeople(error: Error): boolean {
  const ours = [ToolFailure, DataFolderError, DatabaseError, SqliteFailure, StorageRefused, StorageUnavailable];
  // The system's own errors, such as a full disk, say what and where.
  return ours.some((one) => error instanceof one) || 'syscall' in error;
}
