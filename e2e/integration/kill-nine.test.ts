import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Op } from '../../lib/ot/index.ts';
import {
  createRoom,
  faultsOf,
  freshToken,
  join,
  pause,
  readLog,
  readText,
  runSeed,
  startServer,
  type TestServer,
} from '../harness/index.ts';

/** Few, with writers that know where each word has to be; e2e/faults/kill-nine.test.ts has many, with whole clients. */
const KILLS = 10;
const ROOMS = 3;
const WRITERS_PER_ROOM = 4;
/** The server dies somewhere in this time after everybody has begun to write. */
const LIFE_MS = { least: 20, most: 400 };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** What a writer was told is on disk. */
interface Acknowledged {
  token: string;
  author: number;
  seq: number;
  rev: number;
  word: string;
}

interface Writer {
  token: string;
  client: string;
}

it(`[P2] [P3] after each of ${KILLS} SIGKILLs under load every acknowledged edit is there, once`, async () => {
  const { seed, random, note } = runSeed();
  console.log(`kill -9: seed ${seed}`);
  const tokens = await Promise.all(
    Array.from({ length: ROOMS }, async () => (await createRoom(server.url)).links.edit.token),
  );
  const writers: Writer[] = tokens.flatMap((token) =>
    Array.from({ length: WRITERS_PER_ROOM }, () => ({ token, client: freshToken() })),
  );
  const acknowledged: Acknowledged[] = [];

  for (let kill = 1; kill <= KILLS; kill++) {
    let killed = false;
    const killer = async () => {
      await pause(LIFE_MS.least + random.int(LIFE_MS.most - LIFE_MS.least));
      killed = true;
      await server.kill('SIGKILL');
    };
    await Promise.all([killer(), ...writers.map((writer) => writeUntil(() => killed, writer, acknowledged))]);
    await server.restart();

    const context = `kill ${kill} ${note}`;
    const texts = new Map(
      await Promise.all(tokens.map(async (token) => [token, (await readText(server.url, token)).text] as const)),
    );
    const lost = acknowledged.filter(({ token, word }) => texts.get(token)?.split(word).length !== 2);
    expect(lost, `${context}: acknowledged, but not there exactly once`).toEqual([]);
  }

  // A server that acknowledged nothing would have lost nothing.
  expect(acknowledged.length, note).toBeGreaterThan(KILLS * ROOMS);
  await server.kill('SIGKILL');
  for (const token of tokens) {
    const log = readLog(server.dataDir, token);
    expect(faultsOf(log), note).toEqual([]);
    const misplaced = acknowledged.filter(({ token: room, author, seq, rev, word }) => {
      const entry = log[rev - 1];
      return room === token && !(entry?.author === author && entry.seq === seq && holds(entry.op, word));
    });
    expect(misplaced, `${note}: acknowledged at another revision than the log says`).toEqual([]);
  }
  console.log(`kill -9: ${acknowledged.length} acknowledged edits over ${KILLS} kills, all there`);
}, 300_000);

/** Sends one edit after the other, each after the last one's acknowledgement, until the connection dies with the server. */
async function writeUntil(
  killed: () => boolean,
  { token, client }: Writer,
  acknowledged: Acknowledged[],
): Promise<void> {
  try {
    const { peer, welcome } = await join(server.url, token, { client });
    let rev = welcome.rev;
    for (let seq = (welcome.last?.seq ?? 0) + 1; ; seq++) {
      const word = `<${client.slice(0, 6)}.${seq}>`;
      rev = await peer.submit({ t: 'op', seq, rev, op: [word] });
      acknowledged.push({ token, author: welcome.you, seq, rev, word });
    }
  } catch (error) {
    // Whether the last edit, which nobody answered, is in the log is what `welcome.last` says next time.
    if (!killed()) throw error;
  }
}

function holds(op: Op, word: string): boolean {
  return op.some((part) => part === word);
}
