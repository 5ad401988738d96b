import { every, type Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Room } from '../room/room.ts';
import type { Rooms } from '../rooms.ts';
import type { Storage } from '../storage/storage.ts';
import type { Bus } from './bus.ts';
import { roomChannel } from './envelope.ts';

/** How often the heads of all loaded rooms are asked for: with the bus down, others' edits come with this delay, in ms. */
const POLL_MS = 3_000;
/** Rooms in one question. */
const PAGE = 1_000;
/** While the bus is up, what it may have lost of links and titles is found after this many polls: a minute. */
const RECHECK_POLLS = 20;

/**
 * Finds by the store alone what the bus did not tell: entries, and changes of links and titles. Returns how to stop.
 */
export function pollHeads(deps: { rooms: Rooms; storage: Storage; bus: Bus; clock: Clock; log: Log }): () => void {
  const { rooms, storage, bus, clock, log } = deps;
  let polls = 0;
  let running = false;

  const polled = (): Room[] => [...rooms.loaded()].filter((room) => room.exists && !room.closed);

  async function poll(): Promise<void> {
    const recheck = !bus.up || ++polls % RECHECK_POLLS === 0;
    const loaded = polled();
    for (let at = 0; at < loaded.length; at += PAGE) await look(loaded.slice(at, at + PAGE), recheck);
  }

  async function look(page: readonly Room[], recheck: boolean): Promise<void> {
    const heads = await storage.heads(page.map(({ id }) => id));
    for (const room of page) {
      const head = heads.get(room.id);
      if (head !== undefined) room.follow(head);
      if (head === undefined || recheck) await rooms.recheck(room);
    }
  }

  function failed(error: unknown): void {
    log.warn({ reason: String(error) }, 'the heads of rooms could not be read');
  }

  const stops = [
    every(clock, POLL_MS, () => {
      // One that takes longer than the pause is not overtaken.
      if (running) return;
      running = true;
      void poll()
        .catch(failed)
        .finally(() => (running = false));
    }),
    bus.onGap((channels) => {
      const missed = new Set(channels);
      void look(
        polled().filter(({ id }) => missed.has(roomChannel(id))),
        true,
      ).catch(failed);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
