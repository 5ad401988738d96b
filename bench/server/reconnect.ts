import { misplaced, openTypist, type Typist } from '../../e2e/faults/typist.ts';
import { eventually } from '../../e2e/harness/eventually.ts';
import { createRoom, readText } from '../../e2e/harness/rest.ts';
import { startServer, type TestServer } from '../../e2e/harness/server.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import { freshAddress } from './clients/tandem.ts';
import { roundsOr } from './rig/rounds.ts';

const ROOMS = 50;
const PEOPLE = 20;
/** Sockets that are opened at once at the beginning. */
const GROUP = 100;
const ROUNDS = 3;
/** On a machine with thirty times more work than cores it took 41 s, most of it in this process. */
const PATIENCE_MS = 180_000;
const MS_PER_S = 1_000;

export const bench: Bench = {
  name: 'reconnect',
  title: 'A thousand clients come back at once',
  about:
    'In 50 rooms of 20 everybody has just typed a word when the server is killed without a word (`SIGKILL`), and types another one without it. The server starts again, and all connect in one moment, with the client of our own pages. Then every word has to be in the text once, and everybody has to have that text. The peers have nothing to come back to: what they held in memory is gone with the process. Three rounds.',
  needsBuild: true,
  run,
};

interface OpenedRoom {
  token: string;
  typists: Typist[];
}

interface Round {
  /** Until the last one was online with everything acknowledged, and until half of them were, in ms. */
  all: number;
  half: number;
  /** 99th percentile of how late the server's event loop was meanwhile, in ms. */
  loop: number;
}

async function run(): Promise<Report> {
  const server = await startServer({ env: { TRUST_PROXY: '1' } });
  const rooms: OpenedRoom[] = [];
  try {
    for (let index = 0; index < ROOMS; index++) rooms.push(await openRoom(server, index));
    const rounds: Round[] = [];
    for (let round = 0; round < roundsOr(ROUNDS); round++) rounds.push(await killAndComeBack(server, rooms));
    const figures = {
      all: rounds.map(({ all }) => all),
      half: rounds.map(({ half }) => half),
      loop: rounds.map(({ loop }) => loop),
    };
    return {
      tables: [
        {
          title: '1,000 clients come back at once',
          columns: [
            { key: 'half', title: 'half are live, ms' },
            { key: 'all', title: 'all are live, ms' },
            { key: 'loop', title: 'event loop delay p99, ms' },
          ],
          rows: [{ name: 'Tandem', figures }],
          note: 'Live: welcomed, caught up, and what was typed meanwhile on the server’s disk. No word was lost, none came twice.',
        },
      ],
      bars: [
        {
          what: '1,000 clients reconnecting: all live again',
          value: median(figures.all) / MS_PER_S,
          unit: ' s',
          sense: 'at most',
          goal: 5,
          must: 5,
        },
        {
          what: '1,000 clients reconnecting: event loop delay, p99',
          value: median(figures.loop),
          unit: ' ms',
          sense: 'at most',
          goal: 200,
          must: 200,
        },
      ],
    };
  } finally {
    for (const { typists } of rooms) for (const { robot } of typists) robot.close();
    await server.stop();
  }
}

async function openRoom(server: TestServer, index: number): Promise<OpenedRoom> {
  const { token } = (await createRoom(server.url, { text: 'Minutes:\n' })).links.edit;
  const typists: Typist[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    typists.push(openTypist({ url: server.url, token, name: `${index}-${person}`, from: freshAddress() }));
    if ((index * PEOPLE + person + 1) % GROUP === 0) await settled(typists);
  }
  await settled(typists);
  return { token, typists };
}

async function killAndComeBack(server: TestServer, rooms: readonly OpenedRoom[]): Promise<Round> {
  const typists = rooms.flatMap((room) => room.typists);
  for (const typist of typists) typist.type();
  // Kills it first: of these words some are on the disk, some are not.
  const restarted = server.restart();
  for (const { robot } of typists) robot.goOffline();
  for (const typist of typists) typist.type();
  await restarted;
  await loopDelay(server);
  const began = performance.now();
  const waiting = new Set(typists);
  let half = Number.NaN;
  for (const { robot } of typists) robot.goOnline();
  await eventually(
    'everybody to be live',
    () => {
      for (const typist of waiting) if (isUpToDate(typist)) waiting.delete(typist);
      if (Number.isNaN(half) && waiting.size <= typists.length / 2) half = performance.now() - began;
      return waiting.size === 0;
    },
    PATIENCE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${waiting.size} of ${typists.length} have not come back.`, { cause: error });
  });
  const all = performance.now() - began;
  const loop = await loopDelay(server);
  for (const room of rooms) await checkRoom(server, room);
  return { all, half, loop };
}

function isUpToDate({ robot }: Typist): boolean {
  const { online, unsaved } = robot.client.view();
  return online && unsaved === 0;
}

async function settled(typists: readonly Typist[]): Promise<void> {
  await Promise.all(typists.map(({ robot }) => robot.settled(PATIENCE_MS)));
}

/** Throws if a word is missing or there twice, or if anybody has another text than the server. */
async function checkRoom(server: TestServer, { token, typists }: OpenedRoom): Promise<void> {
  const { text, rev } = await readText(server.url, token);
  await Promise.all(typists.map(({ robot }) => robot.caughtUp(rev, PATIENCE_MS)));
  const lost = misplaced(
    typists.flatMap(({ words }) => words),
    text,
  );
  if (lost.length > 0) throw new Error(`Words are missing or there twice: ${lost.slice(0, 5).join(' ')}`);
  if (typists.some(({ robot }) => robot.text() !== text)) throw new Error('Not everybody has the same text.');
}

/** How late the event loop was since this was asked last: the 99th percentile in ms, as `/metrics` tells it. */
async function loopDelay(server: TestServer): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const found = /^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(metrics)?.[1];
  if (found === undefined) throw new Error('The metrics tell nothing of the event loop.');
  return Number(found) * MS_PER_S;
}
