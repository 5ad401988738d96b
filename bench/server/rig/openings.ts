import { pause } from '../../../e2e/harness/eventually.ts';
import type { Column } from '../../kit/table.ts';
import { BARE } from '../peers/index.ts';
import { cpuOfThreads } from './process-meter.ts';
import type { RoomClient, Seat } from './room.ts';
import type { Running } from './servers.ts';

/** What leaves after an opening belongs to it, in ms. */
const AFTERMATH_MS = 50;

/** A room that somebody is in already, and so is in memory. */
export interface OpenedScene {
  name: string;
  server: Running;
  room: RoomClient;
}

/** Medians would hide the one that waits for a collection: means over the openings of a round. */
export interface Opened {
  /** From before connecting to the last byte of the text, in ms. */
  ms: number;
  /** Of the server, in ms. */
  cpu: number;
  bytes: number;
}

export const OPENED_COLUMNS: readonly (Column & { key: keyof Opened })[] = [
  { key: 'ms', title: 'ms to the last byte', base: BARE },
  { key: 'cpu', title: 'server CPU ms', base: BARE },
  { key: 'bytes', title: 'bytes' },
];

/** Nobody types here. */
const GUEST: Seat = { index: -1, saw: () => undefined };

/** Somebody opens the room and leaves, so many times one after another. */
export async function measureOpenings({ server, room }: OpenedScene, times: number): Promise<Opened> {
  const cpuBefore = cpuOfThreads(server.pid);
  let ms = 0;
  let bytes = 0;
  for (let time = 0; time < times; time++) {
    const began = performance.now();
    const guest = await room.join(GUEST, 0);
    ms += guest.joinedAt - began;
    bytes += guest.bytesIn;
    guest.close();
  }
  await pause(AFTERMATH_MS);
  return { ms: ms / times, bytes: bytes / times, cpu: (cpuOfThreads(server.pid) - cpuBefore) / times };
}

/** What a row of a table has of its rounds. */
export function openedFigures(rounds: readonly Opened[]): Record<string, number[]> {
  return Object.fromEntries(OPENED_COLUMNS.map(({ key }) => [key, rounds.map((opened) => opened[key])]));
}
