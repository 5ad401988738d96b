import { parentPort, workerData } from 'node:worker_threads';
import { ACCESS, type Call, type Reply } from './calls.ts';
import { DataFolderError } from './data-folder-error.ts';
import { createEraser, ERASER_RETRY_MS } from './eraser.ts';
import { createGroupCommit } from './group-commit.ts';
import { createMethods } from './methods.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { createPacker } from './packer.ts';
import { batchesOfText } from './packed-batch.ts';
import { recoverJournal } from './recover-journal.ts';
import { createTail, type Tail } from './tail.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/** Calls in one transaction: past some hundreds the fsync is no longer what costs, and the first ones wait. */
const GROUP_MOST = 1_000;
/** The tail of the log is moved to its tables after this long, in ms: so seldom that it costs next to nothing. */
const TAIL_MS = 1_000;
/** Reads run at most this long before waiting writes get their turn, in ms: about what a commit takes. */
const READ_SLICE_MS = 4;

if (!parentPort) throw new Error('The storage worker runs in a thread of its own.');
const port = parentPort;
// Only sqlite.ts starts this file.
const { folder, busyTimeoutMs } = workerData as WorkerOptions;

const database = open();
if (database) serve(database);
else port.close();

function open(): (OpenDatabase & { tail: Tail }) | null {
  try {
    const opened = openDatabase(folder, busyTimeoutMs);
    try {
      const tail = createTail(opened.driver);
      recoverJournal(opened.driver, folder, tail);
      post({ kind: 'ready' });
      return { ...opened, tail };
    } catch (error) {
      opened.close();
      throw error;
    }
  } catch (error) {
    const fault = error instanceof DataFolderError ? error.code : null;
    post({ kind: 'failed', fault, message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

/** Whatever arrives while the disk is busy becomes the next group. */
function serve({ driver, close, tail }: OpenDatabase & { tail: Tail }): void {
  const group = createGroupCommit(driver, createMethods(driver), tail);
  const eraser = createEraser(driver);
  const packer = createPacker(driver, { now: () => performance.now(), ready: packed });
  const writes: Call[] = [];
  const reads: Call[] = [];
  let scheduled = false;
  let closing = false;
  /** Set while the eraser waits for its next try. */
  let retry: NodeJS.Timeout | null = null;
  /** Set while there is a tail. */
  let moving: NodeJS.Timeout | null = null;
  /** Set while the packer waits for its time. */
  let packing: NodeJS.Timeout | null = null;
  /** Of before the start, in the journal's files. */
  const recovered = tail.kept;
  /** What was told of the journal last. */
  let told = -1;
  let hasToMove = true;
  schedule();

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'calls':
        for (const one of message.journal.flatMap(batchesOfText)) {
          tail.hold(one);
          if (one.entries.length > 0) packer.grew(one.room, one.entries.length);
        }
        if (message.calls.length === 0) hasToMove = true;
        for (const call of message.calls) (ACCESS[call.method] === 'write' ? writes : reads).push(call);
        break;
      case 'close':
        closing = true;
        break;
    }
    schedule();
  });

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // After all messages that have arrived already.
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    if (writes.length > 0) {
      const calls = writes.splice(0, GROUP_MOST);
      answer(eraser.hold(calls, group.write(calls)));
      packer.heard(calls);
    }
    if (hasToMove) moveNow();
    const until = performance.now() + READ_SLICE_MS;
    for (let call = reads.shift(); call; call = performance.now() < until ? reads.shift() : undefined) {
      answer([group.read(call)]);
    }
    tellMoved();
    if (moving === null && !tail.isEmpty) moving = setTimeout(moveTail, TAIL_MS);
    if (retry === null && eraser.due !== 'never') answer(eraser.work());
    if (eraser.due === 'later') retry ??= setTimeout(tryAgain, ERASER_RETRY_MS);
    if (packer.wait === 0 && !closing) packer.work();
    const { wait } = packer;
    if (wait !== null && wait > 0) packing ??= setTimeout(packAgain, wait);
    // What nobody waits for can be done after the next start.
    const packs = wait === 0 && !closing;
    const erases = eraser.due === 'now' && (!closing || eraser.holds);
    if (writes.length > 0 || reads.length > 0 || erases || packs) schedule();
    else if (closing) end();
  }

  function moveTail(): void {
    moving = null;
    moveNow();
    // If it could not be moved, the next try comes.
    schedule();
  }

  function moveNow(): void {
    hasToMove = false;
    group.settle();
    if (tail.kept > 0) post({ kind: 'stuck' });
    // Who asks is told, even if nothing was to be moved.
    else told = -1;
  }

  /** Tells how far the journal is in its tables; nothing before all of an earlier one is. */
  function tellMoved(): void {
    const total = tail.moved - recovered;
    if (total < 0 || total === told) return;
    told = total;
    post({ kind: 'moved', total });
  }

  function tryAgain(): void {
    retry = null;
    schedule();
  }

  function packed(): void {
    if (!closing) schedule();
  }

  function packAgain(): void {
    packing = null;
    schedule();
  }

  function answer(replies: Reply[]): void {
    if (replies.length > 0) post({ kind: 'replies', replies, stats: group.stats });
  }

  function end(): void {
    if (retry !== null) clearTimeout(retry);
    if (moving !== null) clearTimeout(moving);
    if (packing !== null) clearTimeout(packing);
    group.settle();
    tellMoved();
    answer(eraser.release());
    close();
    post({ kind: 'closed' });
    port.close();
  }
}

function post(message: FromWorker): void {
  port.postMessage(message);
}
