import type { Call, Reply } from './calls.ts';
import type { DataFolderFault } from './data-folder-error.ts';
import type { GroupStats } from './group-commit.ts';

/** How the storage's thread is started. */
export interface WorkerOptions {
  folder: string;
  busyTimeoutMs: number;
}

export type ToWorker =
  /**
   * `journal`: what is durable in the journal's files and comes before the calls, as `textOfBatches` gave it. Without calls it is to
   * be moved at once.
   */
  { kind: 'calls'; calls: readonly Call[]; journal: readonly string[] } | { kind: 'close' };

export type FromWorker =
  | { kind: 'ready' }
  /** The thread ends after it. `fault` is null for a failure that has no name of ours. */
  | { kind: 'failed'; fault: DataFolderFault | null; message: string }
  | { kind: 'replies'; replies: readonly Reply[]; stats: GroupStats }
  /** So many batches of the journal are in their tables; those of before the start do not count. */
  | { kind: 'moved'; total: number }
  /** They could not be moved. */
  | { kind: 'stuck' }
  /** Everything is on disk and closed. The thread ends after it. */
  | { kind: 'closed' };
