import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { Heartbeat, type Heart } from './heartbeat.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';

const { restingPingEveryMs, restingPongWithinMs } = DEFAULT_SERVER_LIMITS;

let heartbeat: Heartbeat | null = null;
afterEach(() => heartbeat?.stop());

function scene(count: number, answers: (index: number) => boolean, patientUntil = 0) {
  const clock = new ManualClock();
  heartbeat = new Heartbeat(clock, DEFAULT_SERVER_LIMITS);
  const beats: number[][] = [];
  const dropped: number[] = [];
  const from = clock.now();
  for (let index = 0; index < count; index++) {
    const mine: number[] = [];
    beats.push(mine);
    const heart: Heart = {
      session: { isInside: true, patientUntil },
      heardAt: from,
      place: null,
      ping: () => undefined,
      beat: () => {
        mine.push(clock.now() - from);
        if (answers(index)) heart.heardAt = clock.now();
      },
      drop: () => {
        dropped.push(clock.now() - from);
        heartbeat?.remove(heart);
      },
    };
    heartbeat.add(heart);
  }
  return { clock, beats, dropped };
}

describe('the heartbeat of a room', () => {
  it('comes to everybody every 45 s, and to equally many at a time', () => {
    const { clock, beats, dropped } = scene(360, () => true);
    clock.advance(3 * restingPingEveryMs);
    for (const mine of beats) {
      expect(mine[0]).toBeLessThanOrEqual(restingPingEveryMs + 2_500);
      expect((mine[1] ?? 0) - (mine[0] ?? 0)).toBe(restingPingEveryMs);
    }
    const atOnce = new Map<number, number>();
    for (const at of beats.flat()) atOnce.set(at, (atOnce.get(at) ?? 0) + 1);
    expect(new Set(atOnce.values())).toEqual(new Set([10]));
    expect(dropped).toEqual([]);
  });

  it('[P8] drops who does not answer, a minute after the last word', () => {
    const { clock, dropped } = scene(36, (index) => index > 0);
    clock.advance(restingPongWithinMs - 1);
    expect(dropped).toEqual([]);
    clock.advance(2_500);
    expect(dropped).toHaveLength(1);
  });

  it('waits for whom a large welcome keeps busy', () => {
    const { clock, dropped } = scene(1, () => false, new ManualClock().now() + 90_000);
    clock.advance(89_000);
    expect(dropped).toEqual([]);
    clock.advance(3_000);
    expect(dropped).toHaveLength(1);
  });
});
