import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestServer, Wrapper } from '../harness/index.ts';

/** A disk that belongs to one server and can be made full, and empty again, while it runs. */
export interface SmallDisk {
  kind: string;
  wrapper: Wrapper | null;
  fill(server: TestServer): void;
  free(server: TestServer): void;
  /** Copies the database, with what is not yet in its main file, into `to`: SQLite cannot follow into another's file system. */
  copyOut(server: TestServer, to: string): void;
}

/** A server with its rooms fits into it, and it is full soon. */
const SIZE = '16m';
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** A name space of its own needs no root, where the system allows those; root needs no name space of users. */
const MOUNT = `mount -t tmpfs -o size=${SIZE} tandem "$DATA_DIR" && exec "$@"`;
const NAMESPACES: readonly Wrapper[] = [
  ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', MOUNT, 'sh'],
  ['unshare', '--mount', 'sh', '-c', MOUNT, 'sh'],
];

/**
 * A file system in memory that only the server's process sees; where that may not be made, a limit to the length of its
 * files, which fails writes just as suddenly. Throws with a sentence if this system has neither.
 */
export function smallDisk(): SmallDisk {
  const wrapper = NAMESPACES.find(([program, ...args]) => {
    const env = { ...process.env, DATA_DIR: '/tmp' };
    return spawnSync(program, [...args, 'true'], { env, stdio: 'ignore' }).status === 0;
  });
  if (wrapper) return fileSystem(wrapper);
  if (spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0) return fileLimit();
  throw new Error(
    'This system can give a process neither a file system of its own (unshare, mount) nor a limit while it runs (prlimit), ' +
      'so a full disk cannot be tried. Run this test on Linux.',
  );
}

function fileSystem(wrapper: Wrapper): SmallDisk {
  const folder = (server: TestServer): string => join(`/proc/${server.pid}/root`, server.dataDir);
  const filler = (server: TestServer): string => join(folder(server), 'somebody-elses-file');
  return {
    kind: `a file system of ${SIZE}`,
    wrapper,
    copyOut: (server, to) => copyDatabase(folder(server), to),
    fill(server) {
      // The last block may be smaller than the chunk, and whatever fits then is left to the server.
      try {
        for (;;) writeFileSync(filler(server), CHUNK, { flag: 'a' });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    free: (server) => rmSync(filler(server)),
  };
}

function fileLimit(): SmallDisk {
  const limit = (server: TestServer, bytes: string): void => {
    const { status } = spawnSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);
    if (status !== 0) throw new Error('prlimit could not set the limit.');
  };
  return {
    kind: 'a limit to the length of files',
    wrapper: null,
    copyOut: (server, to) => copyDatabase(server.dataDir, to),
    fill: (server) => limit(server, String(statSync(join(server.dataDir, 'tandem.db-wal')).size)),
    free: (server) => limit(server, 'unlimited'),
  };
}

function copyDatabase(from: string, to: string): void {
  // The newest edits first: they move to the others.
  for (const name of ['tandem.db-tail0', 'tandem.db-tail1', 'tandem.db', 'tandem.db-wal']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}
