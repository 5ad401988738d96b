import type { Call, Reply } from './calls.ts';
import type { DataFolderFault } from './data-folder-error.ts';
import type { GroupStats } from './group-commit.ts';

/** How the storage's thread is started. */
export interface WorkerOptions {
  folder: string;
  busyTimeoutMs: number;
}

export type ToWorker = { kind: 'calls'; calls: readonly Call[] } | { kind: 'close' };

export type FromWorker =
  | { kind: 'ready' }
  /** The thread ends after it. `fault` is null for a failure that has no name of ours. */
  | { kind: 'failed'; fault: DataFolderFault | null; message: string }
  | { kind: 'replies'; replies: readonly Reply[]; stats: GroupStats }
  /** Everything is on disk and closed. The thread ends after it. */
  | { kind: 'closed' };
