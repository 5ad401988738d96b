/** What the live dashboard can be told of: see `StatusFeed`. */
export const TOPICS = ['traffic', 'latency', 'nodes', 'storage', 'rooms'] as const;
export type Topic = (typeof TOPICS)[number];

export function isTopic(word: unknown): word is Topic {
  return TOPICS.some((topic) => topic === word);
}

/** What one node says of itself, once a second. `at`: ms since 1970 by its own clock. */
export type Sample = { t: 'sample'; node: string; at: number } & (
  | ({ channel: 'traffic' } & Traffic)
  | ({ channel: 'latency' } & Latency)
  | ({ channel: 'nodes' } & NodeState)
  | ({ channel: 'storage' } & StorageState)
  | { channel: 'rooms'; rooms: readonly BusyRoom[] }
);

export interface Traffic {
  /** In memory. */
  rooms: number;
  /** Sessions that are in a room. */
  people: number;
  /** WebSockets, whatever they speak. */
  connections: number;
  /** Per second, as are those below. */
  edits: number;
  messagesIn: number;
  messagesOut: number;
  bytesIn: number;
  bytesOut: number;
}

/** Milliseconds that half, 95 and 99 of a hundred did not exceed; null if there were none lately. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

export interface Latency {
  /** From an edit's arrival to its being durable and told. */
  ack: Percentiles | null;
  /** How late the event loop was, in ms. */
  loop: { p50: number; p99: number; max: number };
}

export interface NodeState {
  role: 'serving' | 'draining';
  rooms: number;
  people: number;
  /** Bytes of the process in memory. */
  memory: number;
  /** Since the start, in ms. */
  upMs: number;
  version: string;
}

export interface StorageState {
  up: boolean;
  /** In touch with the other nodes; true where there are none. */
  bus: boolean;
  /** How long appends took lately. */
  append: Percentiles | null;
  /** Calls without an answer yet. */
  waiting: number;
  /** Calls that failed since the start. */
  failures: number;
}

/** For whoever has the admin token: it has a title. */
export interface BusyRoom {
  id: string;
  title: string;
  people: number;
  /** About as many edits as in the last minute. */
  edits: number;
}
