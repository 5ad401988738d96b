import { describe, expect, it } from 'vitest';
import { ManualClock, FakeServer, seededRandom, type SeededRandom } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';

const SEEDS = Number(process.env['CLIENT_SEEDS'] ?? 300);
const STEPS = 120;
/** Half seconds that everything may take to come together at the end. */
const MOST_ROUNDS = 400;
/** For thousands of seeds. */
const TIMEOUT_MS = 120_000;

/** Text that nobody else writes, so that it can be counted at the end. */
function token(screen: number, count: number): string {
  return `<${String.fromCharCode(97 + screen)}${count}>`;
}

interface Outcome {
  server: FakeServer;
  screens: TestScreen[];
  tokens: string[];
}

/** What happens besides writing. */
interface Also {
  deletes?: boolean;
  /** The owner locks the room and opens it. */
  locks?: boolean;
}

/** Screens write tokens into one text while frames are late, sockets break and pages sleep. */
function run(seed: number, { deletes = false, locks = false }: Also = {}): Outcome {
  const random = seededRandom(seed);
  const clock = new ManualClock();
  const server = new FakeServer('The text.');
  const screens = [1, 2, 3].slice(0, 2 + random.int(2)).map((id) => new TestScreen(server, clock, id));
  // Every third time the pages are so busy that two entries take all of a turn.
  for (const { network } of screens) network.slowness = seed % 3 === 0 ? 4 : 0;
  // Every other time they draw only now and then.
  for (const { network } of screens) network.restMs = seed % 2 === 0 ? 30 : 0;
  // And some speak the compact form, from their second socket on.
  for (const [index, { network }] of screens.entries()) network.compact = (seed + index) % 2 === 0;
  const tokens: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    if (locks && random.int(8) === 0) server.lock(!server.locked);
    const index = random.int(screens.length);
    const screen = screens[index];
    if (screen)
      move(random, clock, screen, deletes, () => {
        const written = token(index, tokens.length);
        tokens.push(written);
        return written;
      });
  }
  server.lock(false);
  // From here on the network is good: enough for every deadline and wait, one after the other.
  for (let round = 0; round < MOST_ROUNDS && screens.some((screen) => !agrees(screen, server)); round++) {
    server.settle();
    clock.advance(500);
  }
  server.settle();
  return { server, screens, tokens };
}

function agrees(screen: TestScreen, server: FakeServer): boolean {
  return screen.view.rev === server.rev && screen.view.unsaved === 0 && screen.status === 'saved';
}

function move(
  random: SeededRandom,
  clock: ManualClock,
  screen: TestScreen,
  deletes: boolean,
  token: () => string,
): void {
  const { wire } = screen.network;
  switch (random.int(deletes ? 9 : 8)) {
    case 0:
    case 1:
    case 2:
      if (screen.view.canEdit) screen.type(random.int(screen.text.length + 1), token());
      return;
    case 3:
      wire.open();
      wire.deliverUp(1 + random.int(3));
      return;
    case 4:
      wire.deliverDown(1 + random.int(3));
      return;
    case 5:
      wire.open();
      wire.deliverUp();
      wire.deliverDown();
      return;
    case 6:
      return clock.advance(random.int(400));
    case 7:
      if (random.int(3) === 0) wire.cut();
      else if (random.int(8) === 0) wire.swallow();
      return;
    default: {
      if (screen.text.length === 0 || !screen.view.canEdit) return;
      const from = random.int(screen.text.length);
      return screen.type(from, '', 1 + random.int(Math.min(6, screen.text.length - from)));
    }
  }
}

function check({ server, screens }: Outcome, seed: number): void {
  expect(server.faults, `seed ${seed}`).toEqual([]);
  for (const screen of screens) {
    expect(screen.network.reported, `seed ${seed}`).toEqual([]);
    expect(screen.text, `seed ${seed}: editor against server`).toBe(server.text);
    expect(screen.client.text(), `seed ${seed}: client against server`).toBe(server.text);
    expect(screen.view.unsaved, `seed ${seed}`).toBe(0);
    expect(screen.status, `seed ${seed}`).toBe('saved');
  }
  const seen = new Set<string>();
  for (const { author, seq } of server.log) {
    expect(seen.has(`${author}/${seq}`), `seed ${seed}: ${author}/${seq} twice`).toBe(false);
    seen.add(`${author}/${seq}`);
  }
}

/** Tokens may be written into each other, so what counts is how much there is, and how often each unit. */
function countsIn(...texts: string[]): number[] {
  const text = texts.join('');
  return [text.length, ...['a', 'b', 'c'].map((own) => text.split(own).length)];
}

describe('clients on a bad network', { timeout: TIMEOUT_MS }, () => {
  it(`[P3] [P4] writes every token exactly once, and all texts agree (${SEEDS} seeds)`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const outcome = run(seed);
      check(outcome, seed);
      expect(countsIn(outcome.server.text), `seed ${seed}`).toEqual(countsIn('The text.', ...outcome.tokens));
    }
  });

  it(`[P3] [P4] [P5] loses and doubles nothing while the room is locked and opened (${SEEDS} seeds)`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const outcome = run(seed, { locks: true });
      check(outcome, seed);
      expect(countsIn(outcome.server.text), `seed ${seed}`).toEqual(countsIn('The text.', ...outcome.tokens));
    }
  });

  it(`[P4] agrees when text is deleted too, also by several at once (${SEEDS} seeds)`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const outcome = run(seed, { deletes: true });
      check(outcome, seed);
      expect(outcome.server.rev, `seed ${seed}: nothing happened`).toBeGreaterThan(1);
    }
  });
});
