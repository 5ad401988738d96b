import { pause } from '../../../e2e/harness/eventually.ts';
import type { Column } from '../../kit/table.ts';
import { BARE } from '../peers/index.ts';
import { cpuOfThreads } from './process-meter.ts';
import type { RoomClient, Seat } from './room.ts';
import type { Running } from './servers.ts';

/** What leaves after an opening belongs to it, in ms: after many of a whole text, and after a few. */
const AFTERMATH_MS = { many: 50, few: 10 };

const AT_A_TIME = 2;

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
export async function measureOpenings(
  { server, room }: OpenedScene,
  times: number,
  aftermathMs = AFTERMATH_MS.many,
): Promise<Opened> {
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
  await pause(aftermathMs);
  return { ms: ms / times, bytes: bytes / times, cpu: (cpuOfThreads(server.pid) - cpuBefore) / times };
}

/** The same for two that differ little: there and back again, a few at a time, so that neither has the better moments. `times` for each, by name. */
export async function measureBoth(
  pair: readonly [OpenedScene, OpenedScene],
  times: number,
): Promise<ReadonlyMap<string, Opened>> {
  const parts: [Opened[], Opened[]] = [[], []];
  for (let done = 0; done < times; done += 2 * AT_A_TIME) {
    for (const index of [0, 1, 1, 0] as const) {
      parts[index].push(await measureOpenings(pair[index], AT_A_TIME, AFTERMATH_MS.few));
    }
  }
  return new Map([
    [pair[0].name, meanOf(parts[0])],
    [pair[1].name, meanOf(parts[1])],
  ]);
}

function meanOf(parts: readonly Opened[]): Opened {
  const mean = (key: keyof Opened): number => parts.reduce((sum, part) => sum + part[key], 0) / parts.length;
  return { ms: mean('ms'), cpu: mean('cpu'), bytes: mean('bytes') };
}

/** What a row of a table has of its rounds. */
export function openedFigures(rounds: readonly Opened[]): Record<string, number[]> {
  return Object.fromEntries(OPENED_COLUMNS.map(({ key }) => [key, rounds.map((opened) => opened[key])]));
}
