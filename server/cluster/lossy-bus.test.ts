import { describe, expect, it } from 'vitest';
import { ManualClock, seededRandom } from '../../lib/testing/index.ts';
import { describeBus } from './bus-contract.ts';
import { LocalHub } from './local-bus.ts';
import { createLossyBus, type Lossiness, type LossyBus } from './lossy-bus.ts';

const good = { lose: 0, double: 0, delayMs: 0 };
const busMessage = 10_000;

/** Two nodes on a bus that is bad in this way; what is sent arrives when the clock moves. */
function twoNodes(lossiness: Lossiness, seed = 1): { one: LossyBus; two: LossyBus; clock: ManualClock } {
  const clock = new ManualClock();
  const hub = new LocalHub({ defer: (run) => void clock.after(0, run) });
  const random = seededRandom(seed);
  const bus = (name: string): LossyBus => createLossyBus(hub.join(name), lossiness, random, clock);
  return { one: bus('one'), two: bus('two'), clock };
}

function play(lossiness: Lossiness, seed = 1): string[] {
  const { one, two, clock } = twoNodes(lossiness, seed);
  const heard: string[] = [];
  two.subscribe('a', (message) => heard.push(message));
  for (let count = 0; count < 1_000; count++) {
    one.publish('a', String(count));
    clock.advance(1);
  }
  clock.advance(10_000);
  expect(clock.pending).toBe(0);
  return heard;
}

const everything = Array.from({ length: 1_000 }, (_, count) => String(count));

describeBus('a lossy one that loses nothing', () => {
  const hub = new LocalHub({ busMessage });
  const clock = {
    after: (_: number, run: () => void) => {
      const turn = setImmediate(run);
      return () => clearImmediate(turn);
    },
  };
  return Promise.resolve({
    buses: ['a', 'b', 'c'].map((name) => createLossyBus(hub.join(name), good, seededRandom(1), clock)),
    busMessage,
    subscribed: () => Promise.resolve(),
    done: () => Promise.resolve(),
  });
});

describe('a lossy bus', () => {
  it('loses', () => {
    const heard = play({ ...good, lose: 0.3 });
    expect(heard.length).toBeGreaterThan(600);
    expect(heard.length).toBeLessThan(800);
    expect(heard).toEqual(everything.filter((message) => heard.includes(message)));
  });

  it('doubles', () => {
    const heard = play({ ...good, double: 0.3 });
    expect(heard.length).toBeGreaterThan(1_200);
    expect(new Set(heard).size).toBe(1_000);
  });

  it('delays and changes the order', () => {
    const heard = play({ ...good, delayMs: 50 });
    expect(heard).not.toEqual(everything);
    expect([...heard].sort((a, b) => Number(a) - Number(b))).toEqual(everything);
    for (const [index, message] of heard.entries()) expect(Math.abs(Number(message) - index)).toBeLessThan(101);
  });

  it('does the same for the same seed', () => {
    const bad = { lose: 0.2, double: 0.2, delayMs: 500 };
    expect(play(bad, 7)).toEqual(play(bad, 7));
    expect(play(bad, 7)).not.toEqual(play(bad, 8));
  });

  it('is down while it is cut, and tells of the gap when it is healed', () => {
    const { one, two, clock } = twoNodes({ ...good, delayMs: 100 });
    const heard: string[] = [];
    const gaps: (readonly string[])[] = [];
    two.subscribe('a', (message) => heard.push(message));
    two.subscribe('b', () => {})();
    two.onGap((channels) => gaps.push(channels));
    one.publish('a', 'under way');
    clock.advance(0);
    two.cut();
    two.cut();
    expect([one.up, two.up]).toEqual([true, false]);
    one.publish('a', 'into nothing');
    two.publish('a', 'out of nothing');
    expect([one.dropped, two.dropped]).toEqual([0, 1]);
    clock.advance(1_000);
    two.heal();
    two.heal();
    expect(gaps).toEqual([]);
    one.publish('a', 'again');
    clock.advance(1_000);
    expect(gaps).toEqual([['a']]);
    expect(heard).toEqual(['again']);
    expect(two.up).toBe(true);
  });
});
