import { every, type Clock } from '../clock.ts';
import { isTopic, type Sample, type Topic } from './samples.ts';

/** Carries samples from every node to whoever watches, wherever they are connected. */
export interface StatusFeed {
  publish(sample: Sample): void;
  /** `listener` gets the samples of all nodes, as the frames that watchers are sent. Returns how to stop. */
  subscribe(topic: Topic, listener: (frame: Buffer) => void): () => void;
  /** Does anybody watch? Samples that nobody sees need not be made. */
  isWatched(topic: Topic): boolean;
  close(): void;
}

/** The part of the bus between nodes that is needed here; see docs/decisions/many-nodes.md. */
export interface FeedBus {
  publish(channel: string, message: string): void;
  subscribe(channel: string, listener: (message: string) => void): () => void;
}

/** A node that has watchers says so this often, in ms … */
const WANT_MS = 2_000;
/** … and is believed for this long: some of its words may be lost. */
const BELIEVE_MS = 7_000;

/** Where nodes say what they want to hear. */
const WANT = 'status:want';

/** `bus`: null where there is one node. What others publish comes in from the first watcher of a topic to the last. */
export function createStatusFeed(clock: Clock, bus: FeedBus | null): StatusFeed {
  const watched = new Map<Topic, { listeners: Set<(frame: Buffer) => void>; stop: () => void }>();
  /** Until when others want a topic, ms of the clock. */
  const wantedUntil = new Map<Topic, number>();

  const tell = (topic: Topic, frame: Buffer): void => {
    for (const listener of watched.get(topic)?.listeners ?? []) listener(frame);
  };
  const stopHearing = bus?.subscribe(WANT, (message) => {
    for (const topic of message.split(' ')) if (isTopic(topic)) wantedUntil.set(topic, clock.now() + BELIEVE_MS);
  });
  const sayWant = (): void => {
    if (watched.size > 0) bus?.publish(WANT, [...watched.keys()].join(' '));
  };
  const stopSaying = bus ? every(clock, WANT_MS, sayWant) : undefined;

  return {
    publish(sample) {
      const topic = sample.channel;
      const text = JSON.stringify(sample);
      if ((wantedUntil.get(topic) ?? 0) > clock.now()) bus?.publish(channelOf(topic), text);
      tell(topic, Buffer.from(text, 'utf8'));
    },
    subscribe(topic, listener) {
      let watch = watched.get(topic);
      if (!watch) {
        const stop = bus?.subscribe(channelOf(topic), (message) => tell(topic, Buffer.from(message, 'utf8')));
        watch = { listeners: new Set(), stop: stop ?? (() => undefined) };
        watched.set(topic, watch);
        sayWant();
      }
      const { listeners, stop } = watch;
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || watched.get(topic)?.listeners !== listeners) return;
        watched.delete(topic);
        stop();
      };
    },
    isWatched: (topic) => watched.has(topic) || (wantedUntil.get(topic) ?? 0) > clock.now(),
    close() {
      stopSaying?.();
      stopHearing?.();
      for (const { stop } of watched.values()) stop();
      watched.clear();
    },
  };
}

function channelOf(topic: Topic): string {
  return `status:${topic}`;
}
