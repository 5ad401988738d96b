import { describe, expect, it } from 'vitest';
import { Doze } from './doze.ts';

function setUp() {
  let time = 1_000;
  const soon: (() => void)[] = [];
  const slept: number[] = [];
  const doze = new Doze({
    now: () => time,
    soon: (run) => void soon.push(run),
    sleep: (ms) => {
      slept.push(ms);
      // A thread wakes a little later.
      time += ms + 0.5;
    },
  });
  /** The turn of the event loop is over. */
  const turn = (): void => soon.splice(0).forEach((run) => run());
  return { doze, soon, slept, turn, pass: (ms: number) => (time += ms), now: () => time };
}

describe('A thread that has time', () => {
  it('sleeps once behind a turn that brought messages, for a moment, and not beyond what they can wait', () => {
    const { doze, soon, slept, turn, now } = setUp();
    doze.until(now() + 80);
    doze.until(now() + 80);
    expect(soon).toHaveLength(1);
    expect(slept).toEqual([]);
    turn();
    doze.until(now() + 5);
    turn();
    expect(slept).toEqual([20, 5]);
    expect(doze.slept).toBe(26);
  });

  it('does not sleep for what is due', () => {
    const { doze, slept, turn, pass, now } = setUp();
    doze.until(now() + 3);
    pass(3);
    turn();
    expect(slept).toEqual([]);
  });

  it('stays awake for who wants a page or to come in', () => {
    const { doze, soon, slept, turn, pass, now } = setUp();
    doze.until(now() + 80);
    doze.wake();
    turn();
    pass(200);
    doze.until(now() + 80);
    expect(soon).toEqual([]);
    pass(51);
    doze.until(now() + 80);
    turn();
    expect(slept).toEqual([20]);
  });
});
