import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { syncFile, syncFolder } from '../durable-files.ts';
import { openDriver, type Driver } from '../sqlite/driver.ts';
import { inspectFile } from '../sqlite/inspect-file.ts';
import { readJournals } from '../sqlite/journal-file.ts';
import { holdNew } from '../sqlite/recover-journal.ts';
import { settleTail } from '../sqlite/tail.ts';
import { checkFile, headsIn, type FileCounts } from './check-file.ts';
import { readOptions } from './options.ts';
import { outcomeOf, ToolFailure } from './tool-failure.ts';

const USAGE = 'npm run backup -- --data <data folder> --to <file>';
/** A server holds the file for as long as a commit takes. */
const BUSY_MS = 10_000;

/** `npm run backup`: copies the embedded database while its server runs. Gives null, or a sentence why it could not. */
export function backup(args: readonly string[], say: (line: string) => void): Promise<string | null> {
  return outcomeOf(() => {
    const { data, to } = readOptions(args, ['data', 'to'], USAGE);
    const { rooms, entries } = backUp(data, to);
    say(`${to} has ${rooms} rooms with ${entries} revisions, and was looked through: it is whole.`);
    say('It holds every text, name and link: keep it as safe as the data folder.');
  });
}

/**
 * Writes one moment of the data folder's database into a new `file`, and nothing that was deleted before. The server goes
 * on meanwhile; only the wiping of rooms that are deleted just then waits. The file appears when it is whole, looked
 * through and durable. Throws `ToolFailure`, or `DataFolderError` if the database is none of ours.
 */
export function backUp(dataDir: string, file: string): FileCounts {
  const source = join(dataDir, 'tandem.db');
  if (existsSync(file)) throw new ToolFailure(`${file} is there already. Choose another name, or move it away.`);
  if (inspectFile(source) === 'missing') throw new ToolFailure(`There is no tandem.db in ${dataDir}.`);
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  // What people write is nobody else's on this machine.
  closeSync(openSync(fresh, 'wx', 0o600));
  try {
    const driver = openDriver(source, BUSY_MS);
    let counts: FileCounts;
    try {
      const before = headsIn(driver);
      // Read before, so that what is moved meanwhile is in the copy.
      const journal = readJournals(dataDir);
      driver.run('vacuum into ?', fresh);
      // So that the copy has every entry in its place. What does not follow was written while the journal was read.
      withFile(fresh, (copy) => settleTail(copy, (tail) => holdNew(copy, journal, tail)));
      counts = check(fresh, before, headsIn(driver));
    } finally {
      driver.close();
    }
    syncFile(fresh);
    renameSync(fresh, file);
    syncFolder(dirname(resolve(file)));
    return counts;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Besides being whole, it has to have what was there before, and is there still. */
function check(fresh: string, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): FileCounts {
  return withFile(fresh, (copy) => {
    const counts = checkFile(copy, fresh);
    const heads = headsIn(copy);
    for (const [room, head] of before) {
      if (after.has(room) && (heads.get(room) ?? -1) < head) {
        throw new ToolFailure(`The copy of room ${room} ends before revision ${head}. Try again.`);
      }
    }
    return counts;
  });
}

function withFile<T>(file: string, run: (driver: Driver) => T): T {
  const driver = openDriver(file, 0);
  try {
    return run(driver);
  } finally {
    driver.close();
  }
}
