import type { Clock } from './clock.ts';

/** Edits are still taken and acknowledged for this long after the announcement, in ms: what is under way arrives. */
const GRACE_MS = 500;
/** After that, this long for the disk to answer, in ms. Then sockets close without; what was queued is still written. */
const SETTLE_MS = 2_000;
/** Clients come back at a random time in this window after the announcement, in ms: not before the sockets are closed … */
const COME_BACK_FROM_MS = 1_000;
/** … and spread widely enough that a thousand of them are some hundred a second. */
const COME_BACK_UNTIL_MS = 4_000;

interface Leaving {
  gateway: { announceDrain(minMs: number, maxMs: number): void; dismiss(): void };
  rooms: { loaded(): Iterable<{ settled(): Promise<void> }>; close(): Promise<void> };
  clock: Clock;
}

/**
 * Says goodbye so that nobody loses anything or waits long: announces it, goes on for a moment, waits until what was typed
 * is on disk and acknowledged, and closes the sockets. Resolves when every room is flushed.
 */
export async function drain({ gateway, rooms, clock }: Leaving): Promise<void> {
  gateway.announceDrain(COME_BACK_FROM_MS, COME_BACK_UNTIL_MS);
  await passed(clock, GRACE_MS);
  const settled = Promise.all([...rooms.loaded()].map((room) => room.settled()));
  await Promise.race([settled, passed(clock, SETTLE_MS)]);
  gateway.dismiss();
  await rooms.close();
}

function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
