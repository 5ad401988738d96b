import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench, Report } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import { ratioOf, type Table, valuesOf } from '../kit/table.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { type Idle, SOCKETS } from './rig/idle-group.ts';
import type { Peer } from './rig/peer.ts';

/** Files of ours that are no sockets. */
const OTHER_FILES = 1_000;

export const bench: Bench = {
  name: 'idle',
  title: '5,000 sockets that do nothing',
  about:
    'In 500 rooms of 10. Memory is what the server’s resident set has grown by since it started, without a forced collection; CPU is that of 30 s in which nobody does anything but answer pings, after 60 s of rest, in which Tandem’s clients ask once, as its own client does, and what follows on the joins is done. Tandem’s server asks each of them once in 45 s, a slice after the other, which is as much in any second. Presence, which clients of Yjs tell again every 15 s, is left out. One round.',
  needsBuild: true,
  run,
};

async function run(): Promise<Report> {
  // As many peers to a process as it may have sockets, and all at once: idle servers do not disturb each other.
  const each = Math.max(1, Math.floor((filesAllowed() - OTHER_FILES) / SOCKETS));
  const groups = Array.from({ length: Math.ceil(PEERS.length / each) }, (_, group) =>
    PEERS.slice(group * each, (group + 1) * each),
  );
  const found = (await Promise.all(groups.map(measureApart))).flat();
  const table: Table = {
    title: '5,000 idle sockets',
    columns: [
      { key: 'kbPerSocket', title: 'KB of memory each', base: BARE },
      { key: 'idleCpu', title: 'CPU, % of a core' },
      { key: 'joinCpu', title: 'CPU ms for a join', base: BARE },
    ],
    rows: found.map(({ name, kbPerSocket, idleCpu, joinCpu }) => ({
      name,
      figures: { kbPerSocket: [kbPerSocket], idleCpu: [idleCpu], joinCpu: [joinCpu] },
    })),
    note: 'A ping finds sockets whose other end is gone without a word. Bare ws and ShareDB never ask.',
  };
  return {
    tables: [table],
    bars: [
      {
        what: 'Memory of an idle connection, to bare ws',
        value: ratioOf(table, 'kbPerSocket', TANDEM, BARE),
        unit: ' ×',
        sense: 'at most',
        goal: 1.2,
        must: 1.6,
      },
      {
        what: 'CPU with 5,000 idle connections',
        value: median(valuesOf(table, TANDEM, 'idleCpu')),
        unit: ' %',
        sense: 'at most',
        goal: 0.5,
        obstacle:
          'Each socket is asked once in 45 s, since nothing else finds whose other end is gone, and whoever is shown to the others has to be there. Bare ws and ShareDB do not ask.',
      },
    ],
  };
}

/** In a process of their own. Rejects if that ends without having found anything. */
function measureApart(peers: readonly Peer[]): Promise<Idle[]> {
  const script = fileURLToPath(new URL('rig/idle-process.ts', import.meta.url));
  const child = fork(
    script,
    peers.map(({ name }) => name),
  );
  return new Promise((resolve, reject) => {
    child.once('message', (found) => resolve(found as Idle[]));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The process with idle sockets ended with ${String(code)}.`)));
  });
}

/** How many files this process may have open, its sockets among them. */
function filesAllowed(): number {
  return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
}
