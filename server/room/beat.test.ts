import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { Beat, type Turns } from './beat.ts';

const LIMITS = { beatMs: 16, membersPerBeatMs: 4, longestBeatMs: 50 };

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
  it('lets a room go at once after a pause', () => {
    const { beat, clock, room } = setUp();
    const mine = room();
    expect(beat.turn(mine, 5)).toBeNull();
    clock.advance(16);
    expect(beat.turn(mine, 5)).toBeNull();
  });

  it('never keeps a room waiting that is the only one to write, and begins to when another does', async () => {
    const { beat, clock, went, room, go, advance } = setUp();
    const mine = room();
    for (let edit = 0; edit < 100; edit++) {
      clock.advance(1);
      expect(beat.turn(mine, 5)).toBeNull();
    }
    void go('another', room());
    void go('mine', mine);
    await advance(15);
    expect(went).toEqual([]);
    await advance(1);
    expect(went).toEqual(['another', 'mine']);
    clock.advance(1_000);
    expect(beat.turn(mine, 5)).toBeNull();
    clock.advance(1);
    expect(beat.turn(mine, 5)).toBeNull();
  });

  it('lets all that came meanwhile go together at the next beat', async () => {
    const { went, room, go, advance } = setUp();
    await go('first', room());
    await advance(5);
    void go('second', room());
    await advance(5);
    void go('third', room());
    await advance(5);
    expect(went).toEqual(['first']);
    await advance(1);
    expect(went).toEqual(['first', 'second', 'third']);
  });

  it('lets a large room go more seldom, and small ones before it', async () => {
    const { went, room, go, advance } = setUp();
    const large = room();
    await go('large', large, 200);
    void go('large again', large, 200);
    await advance(1);
    void go('small', room());
    await advance(15);
    expect(went).toEqual(['large', 'small']);
    await advance(33);
    expect(went).toEqual(['large', 'small']);
    await advance(1);
    expect(went).toEqual(['large', 'small', 'large again']);
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
    await go('before', room());
    const now = clock.now();
    clock.now = () => now - 3_600_000;
    void go('after', room());
    await advance(16);
    expect(went).toEqual(['before', 'after']);
  });
});
