import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { createStatusFeed, type FeedBus } from './feed.ts';
import type { Sample } from './samples.ts';

const SAMPLE: Sample = { t: 'sample', channel: 'rooms', node: 'north-1', at: 5, rooms: [] };

/** The ends of one bus, one for each node; a node does not hear itself. */
function fakeBus(nodes: number): FeedBus[] {
  const heard = Array.from({ length: nodes }, () => new Map<string, Set<(message: string) => void>>());
  return heard.map((own) => ({
    publish(channel, message) {
      for (const others of heard) if (others !== own) for (const tell of others.get(channel) ?? []) tell(message);
    },
    subscribe(channel, listener) {
      const listeners = own.get(channel) ?? new Set();
      own.set(channel, listeners.add(listener));
      return () => listeners.delete(listener);
    },
  }));
}

function watch(feed: ReturnType<typeof createStatusFeed>): { heard: unknown[]; stop: () => void } {
  const heard: unknown[] = [];
  return { heard, stop: feed.subscribe('rooms', (frame) => heard.push(JSON.parse(frame.toString()))) };
}

it('tells those who watch a topic, once each, until they stop', () => {
  const feed = createStatusFeed(new ManualClock(), null);
  expect(feed.isWatched('rooms')).toBe(false);
  const [ann, bob] = [watch(feed), watch(feed)];
  feed.publish(SAMPLE);
  ann.stop();
  feed.publish(SAMPLE);
  expect([ann.heard, bob.heard]).toEqual([[SAMPLE], [SAMPLE, SAMPLE]]);
  expect([feed.isWatched('rooms'), feed.isWatched('traffic')]).toEqual([true, false]);
  bob.stop();
  bob.stop();
  expect(feed.isWatched('rooms')).toBe(false);
});

it('brings samples to the watchers of another node, for as long as there are any', () => {
  const clock = new ManualClock();
  const [here, there] = fakeBus(2).map((bus) => createStatusFeed(clock, bus));
  if (!here || !there) throw new Error('there are two nodes');
  const ann = watch(there);
  expect(here.isWatched('rooms')).toBe(true);
  here.publish(SAMPLE);
  expect(ann.heard).toEqual([SAMPLE]);
  // It goes on saying so, and is no longer believed once it has stopped.
  clock.advance(60_000);
  expect(here.isWatched('rooms')).toBe(true);
  ann.stop();
  clock.advance(7_000);
  expect(here.isWatched('rooms')).toBe(false);
  here.publish(SAMPLE);
  expect(ann.heard).toHaveLength(1);
  here.close();
  there.close();
  expect(clock.pending).toBe(0);
});
