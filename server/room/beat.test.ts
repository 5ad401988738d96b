import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { Beat, type Turns } from './beat.ts';

const LIMITS = { membersPerBeatMs: 4, longestBeatMs: 50 };

function setUp() {
  const clock = new ManualClock();
  const beat = new Beat(clock, LIMITS);
  const went: string[] = [];
  const room = (): Turns => ({ last: Number.NEGATIVE_INFINITY });
  async function go(name: string, turns: Turns, members = 5): Promise<void> {
    await beat.turn(turns, members);
    went.push(name);
  }
  async function advance(ms: number): Promise<void> {
    clock.advance(ms);
    await Promise.resolve();
    await Promise.resolve();
  }
  return { clock, beat, went, room, go, advance };
}

describe('Beat', () => {
  it('never keeps a small room waiting', () => {
    const { beat, clock, room } = setUp();
    const mine = room();
    for (let edit = 0; edit < 100; edit++) {
      if (edit % 3 === 0) clock.advance(1);
      expect(beat.turn(mine, 63)).toBeNull();
    }
  });

  it('lets a large room go at once after a pause, and then more seldom', async () => {
    const { beat, clock, went, room, go, advance } = setUp();
    const large = room();
    expect(beat.turn(large, 100)).toBeNull();
    void go('again', large, 100);
    await advance(24);
    expect(went).toEqual([]);
    await advance(1);
    expect(went).toEqual(['again']);
    clock.advance(25);
    expect(beat.turn(large, 100)).toBeNull();
  });

  it('does not keep a room waiting for the last few milliseconds', () => {
    const { beat, clock, room } = setUp();
    const large = room();
    expect(beat.turn(large, 100)).toBeNull();
    clock.advance(21);
    expect(beat.turn(large, 100)).toBeNull();
    clock.advance(20);
    expect(beat.turn(large, 100)).not.toBeNull();
  });

  it('keeps nobody waiting longer than the longest beat, however large the room', async () => {
    const { went, room, go, advance } = setUp();
    const huge = room();
    await go('huge', huge, 5_000);
    void go('huge again', huge, 5_000);
    await advance(50);
    expect(went).toEqual(['huge', 'huge again']);
  });

  it('keeps nobody waiting because the clock was set back', async () => {
    const { went, clock, room, go, advance } = setUp();
    const mine = room();
    await go('before', mine, 100);
    const now = clock.now();
    clock.now = () => now - 3_600_000;
    void go('after', mine, 100);
    await advance(25);
    expect(went).toEqual(['before', 'after']);
  });
});
