import { describe, expect, it } from 'vitest';
import { FakeDevice, FakeServer, ManualClock, seededRandom, type SeededRandom } from '../testing/index.ts';
import { readKept } from './read-kept.ts';
import { TestScreen } from './test-screen.ts';

const SEEDS = Number(process.env['CLIENT_SEEDS'] ?? 300);
const STEPS = 150;
/** Half seconds that everything may take to come together at the end. */
const MOST_ROUNDS = 400;
const TIMEOUT_MS = 120_000;

/** Letters that come once each, so that a lost or doubled one shows wherever it stands. */
const letter = (count: number) => String.fromCharCode(0x4e00 + count);

/** One browser whose pages die again and again, beside a second one that writes on. */
class Scene {
  readonly clock = new ManualClock();
  readonly server = new FakeServer('The text.');
  readonly device = new FakeDevice();
  readonly random: SeededRandom;
  /** Letters that must be in the text at the end, once; the others at most once. */
  readonly owed = new Set<string>();
  page: TestScreen;
  /** The client that the page goes on as. */
  client: string;
  readonly other: TestScreen;
  written = 0;
  deaths = 0;
  #screens = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.other = new TestScreen(this.server, this.clock, 500);
    this.page = this.open();
    this.client = this.page.network.clientId();
  }

  open(): TestScreen {
    this.#screens += 1;
    const { record, base } = (this.#screens > 1 && this.device.find(this.client)) || {};
    const kept = readKept(record, base);
    const withoutPage = kept !== null && this.random.int(2) === 0;
    const screen = new TestScreen(this.server, this.clock, this.#screens, {
      device: this.device,
      withoutPage,
      ...(kept && { kept }),
    });
    if (!kept) this.client = screen.network.clientId();
    return screen;
  }

  type(screen: TestScreen): void {
    const one = letter(this.written);
    this.written += 1;
    this.owed.add(one);
    screen.type(this.random.int(screen.text.length + 1), one);
  }

  /** The page is killed at this very moment, and opened again. What was not yet written down may be lost, never doubled. */
  die(): void {
    this.deaths += 1;
    const { page, device } = this;
    device.crash();
    device.mode = 'prompt';
    page.network.journal?.die();
    page.network.down = true;
    page.network.wire.cut();
    const { text, view } = page;
    this.page = this.open();
    // Where the page said that everything is kept on this device, nothing is forgiven.
    if (view.dots.device && view.journal === 'ok') return;
    for (const one of text) {
      if (!this.page.text.includes(one) && !this.server.text.includes(one)) this.owed.delete(one);
    }
  }

  step(): void {
    const { random, clock, page, other, server, device } = this;
    const screen = random.int(3) === 0 ? other : page;
    const { wire } = screen.network;
    switch (random.int(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.type(screen);
      case 4:
        wire.open();
        wire.deliverUp(1 + random.int(3));
        return;
      case 5:
        wire.deliverDown(1 + random.int(3));
        return;
      case 6:
        wire.open();
        wire.deliverUp();
        wire.deliverDown();
        return;
      case 7:
        return clock.advance(random.int(400));
      case 8:
        return wire.cut();
      case 9:
        device.mode = device.mode === 'prompt' ? 'held' : 'prompt';
        return device.release(device.mode === 'prompt' ? Number.POSITIVE_INFINITY : random.int(3));
      case 10:
        // What is under way would find its revision gone, which a real server does not do to a living connection.
        if (random.int(6) > 0) return;
        for (const each of [page, other]) each.network.wire.cut();
        return server.forget();
      default:
        if (random.int(2) === 0) this.die();
        return;
    }
  }

  finish(): void {
    const { clock, page, other, server, device } = this;
    device.mode = 'prompt';
    device.release();
    const agrees = (screen: TestScreen) => screen.view.rev === server.rev && screen.view.unsaved === 0;
    for (let round = 0; round < MOST_ROUNDS && !(agrees(page) && agrees(other)); round++) {
      server.settle();
      clock.advance(500);
    }
    server.settle();
  }
}

describe('pages that die at any moment', { timeout: TIMEOUT_MS }, () => {
  it(`[P3] [P5] write every letter that was written down exactly once, and none twice (${SEEDS} seeds)`, () => {
    let deaths = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const scene = new Scene(seed);
      for (let step = 0; step < STEPS; step++) scene.step();
      scene.finish();
      const { server, page, other, owed } = scene;
      deaths += scene.deaths;
      expect(server.faults, `seed ${seed}`).toEqual([]);
      for (const screen of [page, other]) {
        expect(screen.network.reported, `seed ${seed}`).toEqual([]);
        expect(screen.text, `seed ${seed}: editor against server`).toBe(server.text);
        expect(screen.client.text(), `seed ${seed}: client against server`).toBe(server.text);
      }
      for (let count = 0; count < scene.written; count++) {
        const times = server.text.split(letter(count)).length - 1;
        expect(times, `seed ${seed}: letter ${count} of ${scene.written}`).toBeLessThan(2);
        if (owed.has(letter(count))) expect(times, `seed ${seed}: letter ${count} is missing`).toBe(1);
      }
    }
    expect(deaths, 'nobody died, so nothing was tested').toBeGreaterThan(SEEDS);
  });
});
