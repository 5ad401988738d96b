import { every, type Clock } from '../clock.ts';
import type { StatusFeed } from './feed.ts';
import { Sampler, type SampleSources } from './sampler.ts';
import { TOPICS } from './samples.ts';

/** Watchers see each second. */
const SAMPLE_MS = 1_000;

/** Publishes what this node does, once a second, as far as anybody watches. Returns how to stop. */
export function publishSamples(sources: SampleSources, feed: StatusFeed, clock: Clock): () => void {
  const sampler = new Sampler(sources, clock.now());
  return every(clock, SAMPLE_MS, () => {
    sampler.look(clock.now());
    for (const topic of TOPICS) if (feed.isWatched(topic)) feed.publish(sampler.sample(topic));
  });
}
