import { isRecord } from '../ui/browser-store.ts';

/** Milliseconds that half, 95 and 99 of a hundred did not exceed. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

export interface BusyRoom {
  id: string;
  title: string;
  people: number;
  edits: number;
}

/** What one node says of itself, once a second. */
export type Sample = { kind: 'sample'; node: string } & (
  | { channel: 'traffic'; rooms: number; people: number; edits: number }
  | { channel: 'latency'; ack: Percentiles | null }
  | {
      channel: 'nodes';
      role: 'serving' | 'draining';
      rooms: number;
      people: number;
      memory: number;
      upMs: number;
      version: string;
    }
  | { channel: 'storage'; up: boolean; bus: boolean; append: Percentiles | null; waiting: number; failures: number }
  | { channel: 'rooms'; rooms: readonly BusyRoom[] }
);

export type Frame =
  | Sample
  /** `admin`: whoever has a token may say it. */
  | { kind: 'welcome'; admin: boolean }
  /** The token was right. */
  | { kind: 'admin' }
  | { kind: 'error'; code: string; message: string };

/** What the server said; null for what this page does not understand, such as the words of a newer server. */
export function readFrame(text: string): Frame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  switch (value['t']) {
    case 'welcome':
      return { kind: 'welcome', admin: value['admin'] === true };
    case 'admin':
      return { kind: 'admin' };
    case 'error':
      return { kind: 'error', code: word(value['code']), message: word(value['message']) };
    case 'sample':
      return readSample(value);
    default:
      return null;
  }
}

function readSample(value: Record<string, unknown>): Sample | null {
  const node = word(value['node']);
  if (node === '') return null;
  const head = { kind: 'sample', node } as const;
  const number = (key: string): number => amount(value[key]);
  switch (value['channel']) {
    case 'traffic':
      return { ...head, channel: 'traffic', rooms: number('rooms'), people: number('people'), edits: number('edits') };
    case 'latency':
      return { ...head, channel: 'latency', ack: percentiles(value['ack']) };
    case 'nodes':
      return {
        ...head,
        channel: 'nodes',
        role: value['role'] === 'draining' ? 'draining' : 'serving',
        rooms: number('rooms'),
        people: number('people'),
        memory: number('memory'),
        upMs: number('upMs'),
        version: word(value['version']),
      };
    case 'storage':
      return {
        ...head,
        channel: 'storage',
        up: value['up'] === true,
        bus: value['bus'] === true,
        append: percentiles(value['append']),
        waiting: number('waiting'),
        failures: number('failures'),
      };
    case 'rooms':
      return { ...head, channel: 'rooms', rooms: busyRooms(value['rooms']) };
    default:
      return null;
  }
}

function percentiles(value: unknown): Percentiles | null {
  if (!isRecord(value)) return null;
  return { p50: amount(value['p50']), p95: amount(value['p95']), p99: amount(value['p99']) };
}

function busyRooms(value: unknown): BusyRoom[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((room) => ({
    id: word(room['id']),
    title: word(room['title']),
    people: amount(room['people']),
    edits: amount(room['edits']),
  }));
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
