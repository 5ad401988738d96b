import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeClientMessage, ProtocolFault } from '../../lib/protocol/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { runSeed } from '../harness/seed.ts';
import { freshToken } from '../harness/tokens.ts';
import { playScene } from './fuzz-scene.ts';
import { HostileSession } from './hostile-session.ts';
import { REFUSALS } from './refusals.ts';

/** Inputs in all, a quarter of them to whole sessions and the rest to the decoder alone, which is ten times as quick. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 1_000_000);
const FRAMES = CASES / 4;
/** Frames in one scene: long enough for rooms to have a history, short enough to be looked at again. */
const SCENE = 2_500;
/** Ends that hostile sessions have to meet, or the fuzzer does not get deep. Rare ones need a longer run. */
const COMMON = ['bad-json', 'bad-frame', 'bad-type', 'bad-field', 'bad-op', 'bad-seq', 'bad-rev', 'hello-expected'];
const RARE = ['bad-token', 'hello-twice', 'hello-timeout', 'wrong-version', 'no-such-room', 'read-only', 'too-fast'];
const RAREST = ['room-full', 'slow-consumer'];

/** A fraction, or a number beyond 2^53; all numbers of all messages are whole, but for the time in a ping. */
const NOT_WHOLE = /\d[.e]|\d{17}/;

const rejections: unknown[] = [];
const note = (reason: unknown): unknown => rejections.push(reason);
beforeAll(() => {
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
});

it(`[P7] [P9] [P10] ${FRAMES} frames of hostile sessions: each end is a documented one, the innocent converge, nothing is left behind`, async () => {
  const { seed: first } = runSeed();
  const refusals = new Map<string, number>();
  const began = performance.now();
  let edits = 0;
  let fellBehind = 0;
  for (let scene = 0; scene * SCENE < FRAMES; scene++) {
    const seed = (first + scene) % 2 ** 31;
    const again = `(again with SEED=${seed} FUZZ_CASES=4)`;
    const result = await playScene(seed, SCENE).catch((error: unknown) => {
      throw new Error(`A scene ended with an exception ${again}`, { cause: error });
    });
    expect(result.faults.slice(0, 5), again).toEqual([]);
    expect(rejections, `unhandled ${again}`).toEqual([]);
    for (const [word, count] of result.refusals) refusals.set(word, (refusals.get(word) ?? 0) + count);
    edits += result.edits;
    fellBehind += result.fellBehind;
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const ends = [...refusals].sort(([, a], [, b]) => b - a).map(([word, count]) => `${word} ${count}`);
  console.log(
    `fuzz: ${FRAMES} frames in ${seconds} s, ${edits} edits, ${fellBehind} times behind, first seed ${first}; ends: ${ends.join(', ')}`,
  );
  const due = [
    ...(FRAMES >= 10_000 ? COMMON : []),
    ...(FRAMES >= 50_000 ? RARE : []),
    ...(FRAMES >= 200_000 ? RAREST : []),
  ];
  expect(due.filter((word) => !refusals.has(word))).toEqual([]);
  if (FRAMES >= 50_000) expect(fellBehind).toBeGreaterThan(0);
}, 900_000);

it(`[P7] the decoder gives a message or a documented refusal for each of ${CASES - FRAMES} frames, and nothing else`, () => {
  const { seed, random, note: again } = runSeed();
  const began = performance.now();
  const text = 'Some text 🙂 with a pair in it.\n';
  const facts = { rev: 40, epoch: freshToken(), text };
  const tokens = { shared: [freshToken()], view: freshToken(), names: ['notes'], freshToken: () => 'T'.repeat(22) };
  let messages = 0;
  for (let left = CASES - FRAMES; left > 0;) {
    const session = new HostileSession(seededRandom(random.int(2 ** 31)), tokens);
    for (let step = session.next(facts); step.kind === 'text'; step = session.next(facts)) {
      left--;
      if (decodes(step.frame, again)) messages++;
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`fuzz: ${CASES - FRAMES} frames to the decoder in ${seconds} s, ${messages} of them good (seed ${seed})`);
  expect(messages).toBeGreaterThan(0);
}, 600_000);

/** JSON with its strings taken out, so that only its numbers have dots and exponents. */
function withoutStrings(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/** True for a message, which then says itself again; false for a refusal. Anything else is an error. */
function decodes(frame: string, again: string): boolean {
  try {
    const message = decodeClientMessage(frame);
    const said = JSON.stringify(message);
    if (JSON.stringify(decodeClientMessage(said)) !== said) throw new Error(`Not the same again: ${said}`);
    if (NOT_WHOLE.test(message.t === 'ping' ? '' : withoutStrings(said))) throw new Error(`Not whole: ${said}`);
    return true;
  } catch (error) {
    if (error instanceof ProtocolFault && REFUSALS[error.code] === error.close) return false;
    throw new Error(`The decoder stumbled over ${frame.slice(0, 500)} ${again}`, { cause: error });
  }
}
