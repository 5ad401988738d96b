import { createRoom, freshToken, join, pause, type Peer, startServer } from '../e2e/harness/index.ts';
import { openRobot, type Robot } from '../e2e/harness/robot.ts';
import { percentile, ratio, summary } from './kit/numbers.ts';

/**
 * Does it cost the others anything that five sockets of a busy room stop reading? Robots type, somebody writes and deletes
 * pieces of 100 KB, and it is measured how long a letter takes from the key to the next robot's screen: without and with
 * the five, in turns. A phase lasts until the server has closed them, and the one without them as long.
 * Run after `npm run build`: `npx tsx bench/slow-reader.ts [rounds]`. Times are milliseconds; medians of the rounds, with the
 * range in brackets.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const TYPISTS = 5;
const FROZEN = 5;
/** Between two letters of one robot. */
const LETTER_MS = 60;
const PIECE = 'x'.repeat(100_000);
const PIECE_MS = 40;
/** By then all that do not read have been closed. */
const LONGEST_MS = 60_000;

interface Phase {
  p50: number;
  p95: number;
  letters: number;
  ms: number;
}

const server = await startServer();
const { links } = await createRoom(server.url, { text: 'The text.\n' });
const { token } = links.edit;

/** When a letter was typed, by the letter. */
const typedAt = new Map<string, number>();
let latencies: number[] = [];
const robots: Robot[] = [];
for (let index = 0; index < TYPISTS; index++) {
  const robot = openRobot({ url: server.url, token, name: `Robot ${index}` });
  robot.client.onChange(({ op }) => {
    for (const part of op) if (typeof part === 'string' && part.startsWith('<')) seen(part, index);
  });
  robots.push(robot);
}

/** A change may have several letters in it, if they came in one message. */
function seen(part: string, index: number): void {
  for (const letter of part.match(/<\d+\.\d+>/g) ?? []) {
    const at = typedAt.get(letter);
    if (at === undefined || !letter.startsWith(`<${(index + 1) % TYPISTS}.`)) continue;
    typedAt.delete(letter);
    latencies.push(performance.now() - at);
  }
}

let count = 0;
async function type(robot: Robot, index: number, isOver: () => boolean): Promise<void> {
  await pause((index * LETTER_MS) / TYPISTS);
  while (!isOver()) {
    count += 1;
    const letter = `<${index}.${count}>`;
    typedAt.set(letter, performance.now());
    robot.edit([letter]);
    await pause(LETTER_MS);
  }
}

/** As many units are taken out as were put in; letters that came between may be among them, when they have long been seen. */
async function write(isOver: () => boolean): Promise<void> {
  const { peer, welcome } = await join(server.url, token);
  let { rev } = welcome;
  for (let seq = 0; !isOver();) {
    for (const op of [[PIECE], [-PIECE.length]]) {
      seq += 1;
      rev = await peer.submit({ t: 'op', seq, rev, op });
      await pause(PIECE_MS);
    }
  }
  peer.close();
}

/** `ms`: how long it lasts; null: until none of the frozen ones is in the room any more. */
async function phase(frozen: number, ms: number | null): Promise<Phase> {
  const peers: { peer: Peer; you: number }[] = [];
  for (let index = 0; index < frozen; index++) {
    const { peer, welcome } = await join(server.url, token, { client: freshToken() });
    peer.freeze();
    peers.push({ peer, you: welcome.you });
  }
  latencies = [];
  const began = performance.now();
  const lasted = () => performance.now() - began;
  const isHere = ({ you }: { you: number }) => robots[0]?.client.view().people.some(({ author }) => author === you);
  // They are told to everybody a moment after they have joined.
  const isOver = () => lasted() >= (ms ?? LONGEST_MS) || (ms === null && lasted() > 2_000 && !peers.some(isHere));
  await Promise.all([...robots.map((robot, index) => type(robot, index, isOver)), write(isOver)]);
  const took = lasted();
  if (ms === null && took >= LONGEST_MS) throw new Error('Those that do not read are still in the room.');
  for (const { peer } of peers) peer.cut();
  for (const robot of robots) await robot.settled();
  return { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95), letters: latencies.length, ms: took };
}

try {
  for (const robot of robots) await robot.settled();
  // Compiles, and fills the caches.
  await phase(0, 3_000);
  const beside: Phase[] = [];
  const alone: Phase[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const frozen = await phase(FROZEN, null);
    beside.push(frozen);
    alone.push(await phase(0, frozen.ms));
  }
  const told = (name: string, phases: readonly Phase[]) =>
    console.log(
      `${name}: p50 ${summary(phases.map(({ p50 }) => p50))} ms, p95 ${summary(phases.map(({ p95 }) => p95))} ms, ` +
        `${phases.reduce((sum, { letters }) => sum + letters, 0)} letters in ` +
        `${Math.round(phases.reduce((sum, { ms }) => sum + ms, 0) / 1_000)} s`,
    );
  told(`without            `, alone);
  told(`${FROZEN} that read nothing`, beside);
  const compared = (of: (phase: Phase) => number) => ratio(beside.map(of), alone.map(of)).toFixed(2);
  console.log(`ratio, median of the rounds: p50 ${compared(({ p50 }) => p50)}, p95 ${compared(({ p95 }) => p95)}`);
} finally {
  for (const robot of robots) robot.close();
  await server.stop();
}
