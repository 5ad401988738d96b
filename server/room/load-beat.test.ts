import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { loadBeat } from './load-beat.ts';

function setUp(busy: number) {
  const clock = new ManualClock();
  const server = { busy };
  const beat = loadBeat({
    busy: () => server.busy,
    longestMs: 50,
    now: clock.now,
    after: (ms, run) => void clock.after(ms, run),
    soon: (run) => void clock.after(0, run),
  });
  const began = clock.now();
  const went: number[] = [];
  return { clock, server, went, go: () => beat(() => went.push(clock.now() - began)) };
}

describe('The beat of a busy server', () => {
  it('keeps nobody waiting while the server is at leisure', () => {
    const { clock, went, go } = setUp(0.25);
    for (let edit = 0; edit < 3; edit++) {
      go();
      clock.advance(1);
    }
    expect(went).toEqual([0, 1, 2]);
  });

  it('lets rooms go ever more seldom the less time there is, and at once after a pause', () => {
    const { clock, server, went, go } = setUp(0.375);
    const goAndWait = (ms: number): void => {
      go();
      clock.advance(ms);
    };
    goAndWait(5);
    goAndWait(100);
    server.busy = 1;
    goAndWait(5);
    goAndWait(100);
    expect(went).toEqual([0, 25, 105, 155]);
  });
});
