import { describe, expect, it } from 'vitest';
import { createCounters, LATENCY_BOUNDS_MS } from '../counters.ts';
import { Buckets } from '../metrics/buckets.ts';
import { RoomActivity } from './room-activity.ts';
import { Sampler, type SampleSources } from './sampler.ts';

const LOOP = { p50: 1, p99: 2, max: 3 };

function scene() {
  const counters = createCounters(() => 0);
  const tookMs = new Map<string, Buckets>();
  const failures = new Map<string, number>();
  const state = { draining: false, up: true };
  const rooms: { id: string; rev: number; meta: { title: string }; audience: { size: number } }[] = [];
  const sources: SampleSources = {
    node: 'north-1',
    version: '1.2.3',
    counters,
    storage: {
      tookMs,
      failures,
      waiting: 4,
      get up() {
        return state.up;
      },
    },
    busUp: () => true,
    connections: () => 7,
    rooms: { size: 2, loaded: () => rooms },
    loop: () => LOOP,
    memory: () => 1_000,
    isDraining: () => state.draining,
  };
  return { counters, tookMs, failures, state, rooms, sampler: new Sampler(sources, 10_000) };
}

describe('a sample of traffic', () => {
  it('has what came since the look before, per second', () => {
    const { counters, sampler } = scene();
    counters.committed = 50;
    counters.messagesIn.op = 60;
    counters.messagesIn['yjs-update'] = 40;
    counters.bytesOut = 3_000;
    counters.here.ot = 5;
    counters.here.yjs = 1;
    sampler.look(12_000);
    expect(sampler.sample('traffic')).toEqual({
      t: 'sample',
      channel: 'traffic',
      node: 'north-1',
      at: 12_000,
      rooms: 2,
      people: 6,
      connections: 7,
      edits: 25,
      messagesIn: 50,
      messagesOut: 0,
      bytesIn: 0,
      bytesOut: 1_500,
    });
    sampler.look(13_000);
    expect(sampler.sample('traffic')).toMatchObject({ edits: 0, messagesIn: 0, bytesOut: 0 });
  });

  it('has no rates while the clock stands still or goes back', () => {
    const { counters, sampler } = scene();
    counters.committed = 50;
    sampler.look(9_000);
    expect(sampler.sample('traffic')).toMatchObject({ edits: 0 });
  });
});

describe('a sample of latency', () => {
  it('has percentiles of the last ten seconds, and none without edits', () => {
    const { counters, sampler } = scene();
    expect(sampler.sample('latency')).toMatchObject({ ack: null, loop: LOOP });
    for (let i = 0; i < 99; i++) counters.tellMs.observe(2);
    counters.tellMs.observe(900);
    sampler.look(11_000);
    const { ack } = sampler.sample('latency') as { ack: { p50: number; p95: number; p99: number } };
    expect(ack.p50).toBeGreaterThan(1);
    expect([ack.p95 <= 2, ack.p99 <= 2]).toEqual([true, true]);
    for (let second = 1; second <= 10; second++) {
      counters.tellMs.observe(40);
      sampler.look(11_000 + 1_000 * second);
    }
    // The hundred before are forgotten.
    const later = sampler.sample('latency') as { ack: { p50: number } };
    expect(later.ack.p50).toBeGreaterThan(30);
    for (let second = 11; second <= 21; second++) sampler.look(11_000 + 1_000 * second);
    expect(sampler.sample('latency')).toMatchObject({ ack: null });
  });
});

it('tells of the node and its storage', () => {
  const { tookMs, failures, state, sampler } = scene();
  sampler.look(11_000);
  expect(sampler.sample('nodes')).toMatchObject({ role: 'serving', upMs: 1_000, memory: 1_000, version: '1.2.3' });
  expect(sampler.sample('storage')).toMatchObject({ up: true, bus: true, append: null, waiting: 4, failures: 0 });
  const append = new Buckets(LATENCY_BOUNDS_MS);
  tookMs.set('append', append);
  append.observe(8);
  failures.set('append', 2).set('probe', 1);
  state.draining = true;
  state.up = false;
  sampler.look(12_000);
  expect(sampler.sample('nodes')).toMatchObject({ role: 'draining' });
  const storage = sampler.sample('storage') as { append: { p50: number } };
  expect(storage).toMatchObject({ up: false, failures: 3 });
  expect(storage.append.p50).toBeGreaterThan(6);
});

describe('the activity of rooms', () => {
  const room = (id: string, rev: number, size = 1) => ({ id, rev, meta: { title: `Room ${id}` }, audience: { size } });

  it('puts the busiest first, and forgets slowly', () => {
    const activity = new RoomActivity(0);
    activity.look([room('a', 100), room('b', 5, 3)], 1_000);
    expect(activity.look([room('a', 110), room('b', 35, 3)], 2_000)).toEqual([
      { id: 'b', title: 'Room b', people: 3, edits: 30 },
      { id: 'a', title: 'Room a', people: 1, edits: 10 },
    ]);
    for (let second = 3; second < 62; second++) activity.look([room('a', 110), room('b', 35, 3)], 1_000 * second);
    const later = activity.look([room('a', 110), room('b', 35, 3)], 62_000);
    expect(later.map(({ edits }) => edits)).toEqual([11, 4]);
    // What was written while nobody looked may be long ago.
    expect(activity.look([room('a', 999), room('b', 35, 3)], 80_000).map(({ edits }) => edits)).toEqual([0, 0]);
  });

  it('does not take a room that was loaded for one that was written, and lists twenty at the most', () => {
    const activity = new RoomActivity(0);
    const all = Array.from({ length: 50 }, (_, at) => room(String(at), 1_000 + at));
    expect(activity.look(all, 1_000)).toHaveLength(20);
    expect(activity.look(all, 2_000).every(({ edits }) => edits === 0)).toBe(true);
  });
});
