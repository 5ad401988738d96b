import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken } from '../../random.ts';
import { syncFile, syncFolder } from '../durable-files.ts';
import { openDriver, type Driver } from '../sqlite/driver.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { lockFolder } from '../sqlite/folder-lock.ts';
import { inspectFile } from '../sqlite/inspect-file.ts';
import { prepareFolder } from '../sqlite/open-database.ts';
import { checkFile, type FileCounts } from './check-file.ts';
import { readOptions } from './options.ts';
import { outcomeOf, ToolFailure } from './tool-failure.ts';

const USAGE = 'npm run restore -- --from <file> --data <data folder> [--replace]';
/** What lies beside a database and belongs to it. */
const COMPANIONS = ['', '-wal', '-shm', '-tail0', '-tail1'] as const;

export interface Restored extends FileCounts {
  /** Where the database that was there before lies now; null if there was none. */
  aside: string | null;
}

/** `npm run restore`: puts a backup into a data folder. Gives null, or a sentence why it could not. */
export function restore(args: readonly string[], say: (line: string) => void): Promise<string | null> {
  return outcomeOf(() => {
    const { from, data, flag: replace } = readOptions(args, ['from', 'data'], USAGE, 'replace');
    const { rooms, entries, aside } = restoreFile(from, data, replace);
    say(
      `${data} has ${rooms} rooms with ${entries} revisions again. Start the server; people come back by themselves.`,
    );
    say('Links that were revoked, and rooms that were deleted, since the backup was made open again.');
    if (aside !== null) say(`What was there before is kept as ${aside}.`);
  });
}

/**
 * Makes a backup the database of a data folder, and gives every room a new epoch: revisions mean nothing across it, so
 * clients that saw more than the backup has begin anew and bring along only what they had not sent. With `replace` a
 * database that is there is kept under another name. Throws `DataFolderError` if a server uses the folder or the file is
 * none of ours, `ToolFailure` otherwise; then nothing has changed.
 */
export function restoreFile(file: string, dataDir: string, replace: boolean): Restored {
  if (inspectFile(file) === 'missing') throw new ToolFailure(`There is no file ${file}.`);
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new ToolFailure(`${file} is in use, or was copied while it was: ${file}-wal has changes that it lacks.`);
  }
  prepareFolder(dataDir);
  const unlock = lockFolder(dataDir);
  try {
    const database = join(dataDir, 'tandem.db');
    const isThere = COMPANIONS.some((end) => existsSync(`${database}${end}`));
    if (isThere && !replace) {
      throw new ToolFailure(`${dataDir} has documents already. With --replace they are kept under another name.`);
    }
    const fresh = `${database}.new`;
    const counts = prepare(file, fresh);
    const aside = isThere ? setAside(database) : null;
    renameSync(fresh, database);
    syncFolder(dataDir);
    return { ...counts, aside };
  } finally {
    unlock();
  }
}

function prepare(file: string, fresh: string): FileCounts {
  try {
    copyFileSync(file, fresh);
    // What people write is nobody else's on this machine.
    chmodSync(fresh, 0o600);
    const driver = openDriver(fresh, 0);
    let counts: FileCounts;
    try {
      counts = checkFile(driver, file);
      giveEpochs(driver);
    } finally {
      driver.close();
    }
    syncFile(fresh);
    return counts;
  } catch (error) {
    for (const end of ['', '-journal']) rmSync(`${fresh}${end}`, { force: true });
    throw error;
  }
}

function giveEpochs(driver: Driver): void {
  inTransaction(driver, () => {
    for (const { id } of driver.all<{ id: string }>('select id from rooms')) {
      driver.run('update rooms set epoch = ? where id = ?', randomToken(), id);
    }
  });
}

/** Under one new name together, by which SQLite still knows that they belong together. */
function setAside(database: string): string {
  const aside = `${database}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const end of COMPANIONS) {
    if (existsSync(`${database}${end}`)) renameSync(`${database}${end}`, `${aside}${end}`);
  }
  return aside;
}
