import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { beatOfTraffic } from './beat-of-traffic.ts';

const LONGEST_MS = 90;

function setUp(busy = 0) {
  const clock = new ManualClock();
  const server = { busy };
  const beat = beatOfTraffic({
    busy: () => server.busy,
    longestMs: LONGEST_MS,
    now: clock.now,
    after: (ms, run) => void clock.after(ms, run),
    soon: (run) => void clock.after(0, run),
  });
  const began = clock.now();
  const went: number[] = [];
  let waiting = 0;
  /** Something arrives. As the intake does, asks for one turn at a time. */
  const go = (messages = 1): void => {
    waiting += messages;
    if (waiting > messages) return;
    beat(() => {
      went.push(clock.now() - began);
      const handed = waiting;
      waiting = 0;
      return handed;
    });
  };
  return { clock, server, went, go };
}

describe('The beat of the traffic', () => {
  it('keeps nobody waiting while little comes', () => {
    const { clock, went, go } = setUp();
    for (let message = 0; message < 50; message++) {
      go();
      clock.advance(20);
    }
    expect(went).toEqual(Array.from({ length: 50 }, (_, index) => index * 20));
  });

  it('goes as seldom as it may where much comes, and at once again when that is over', () => {
    const { clock, went, go } = setUp();
    const type = (ms: number): void => {
      // 250 messages a second.
      for (let time = 0; time < ms; time += 20) {
        go(5);
        clock.advance(20);
      }
    };
    // It is known after a moment.
    type(200);
    const before = went.length;
    type(500);
    const gaps = went.slice(before).map((at, index) => at - (went[before + index - 1] ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(LONGEST_MS);
    clock.advance(1_000);
    const after = went.length;
    for (let message = 0; message < 3; message++) {
      go();
      clock.advance(20);
    }
    expect(went).toHaveLength(after + 3);
  });

  it('lets what has arrived be read first when its time has come', () => {
    let time = 0;
    const timers: (() => void)[] = [];
    const behind: (() => void)[] = [];
    let went = 0;
    const beat = beatOfTraffic({
      busy: () => 1,
      longestMs: LONGEST_MS,
      now: () => time,
      after: (_, run) => void timers.push(run),
      soon: (run) => void behind.push(run),
    });
    const run = (): number => ++went;
    beat(run);
    for (const go of behind.splice(0)) go();
    expect(went).toBe(1);
    expect(beat(run)).toBe(LONGEST_MS);
    time += LONGEST_MS;
    for (const fire of timers) fire();
    expect(went).toBe(1);
    for (const go of behind) go();
    expect(went).toBe(2);
  });

  it('goes the more seldom the less time the server has, whatever comes', () => {
    const { clock, server, went, go } = setUp(0.375);
    const goAndWait = (ms: number): void => {
      go();
      clock.advance(ms);
    };
    goAndWait(5);
    goAndWait(200);
    server.busy = 1;
    goAndWait(5);
    goAndWait(200);
    expect(went).toEqual([0, 45, 205, 295]);
  });
});
