import type { BusyRoom, Percentiles, Sample } from './read-frame.ts';

/** A node that says nothing for this long is told apart, in ms: samples come once a second. */
export const STALE_MS = 5_000;
/** After this long it is left out: it was stopped, and another has taken its place. */
const FORGET_MS = 60_000;
/** What a node said counts as now for this long, in ms. */
const FRESH_MS = 2_500;
/** Ten minutes of seconds. */
const POINTS = 600;

type Said<Channel extends Sample['channel']> = Extract<Sample, { channel: Channel }>;

interface Node {
  heardAt: number;
  traffic: Said<'traffic'> | null;
  latency: Said<'latency'> | null;
  state: Said<'nodes'> | null;
  storage: Said<'storage'> | null;
  busy: Said<'rooms'> | null;
}

/** One second of all nodes together; null where none was heard. */
export interface Point {
  /** Ms since 1970, by this browser's clock. */
  at: number;
  edits: number | null;
  /** Of the slowest node. */
  ack: Percentiles | null;
}

export interface NodeRow {
  name: string;
  /** Seconds of silence, once they are worth a word. */
  silent: number | null;
  state: Said<'nodes'> | null;
  storage: Said<'storage'> | null;
}

export type Health =
  | { kind: 'connecting' }
  | { kind: 'stale'; seconds: number }
  | { kind: 'store-down' }
  | { kind: 'draining'; node: string }
  | { kind: 'bus-down' }
  | { kind: 'normal' };

export interface BoardView {
  health: Health;
  rooms: number | null;
  people: number | null;
  edits: number | null;
  ackP95: number | null;
  /** Of the node that is up longest, in ms. */
  upMs: number | null;
  nodes: readonly NodeRow[];
  busy: readonly BusyRoom[];
  points: readonly Point[];
}

/** What all nodes have said, brought together for the page. Times come in, ms since 1970. */
export class Board {
  readonly #nodes = new Map<string, Node>();
  #points: readonly Point[] = [];

  take(sample: Sample, now: number): void {
    const { node: name } = sample;
    const node = this.#nodes.get(name) ?? {
      heardAt: now,
      traffic: null,
      latency: null,
      state: null,
      storage: null,
      busy: null,
    };
    this.#nodes.set(name, node);
    node.heardAt = now;
    switch (sample.channel) {
      case 'traffic':
        node.traffic = sample;
        return;
      case 'latency':
        node.latency = sample;
        return;
      case 'nodes':
        node.state = sample;
        return;
      case 'storage':
        node.storage = sample;
        return;
      case 'rooms':
        node.busy = sample;
        return;
    }
  }

  /** Keeps this second for the charts, and forgets nodes that are gone. To be called once a second. */
  tick(now: number): void {
    if (this.#nodes.size === 0) return;
    for (const [name, { heardAt }] of this.#nodes) {
      // The last one stays: that nothing is heard of it is what the page has to say.
      if (this.#nodes.size > 1 && now - heardAt > FORGET_MS) this.#nodes.delete(name);
    }
    const fresh = this.#fresh(now);
    const edits = fresh.length === 0 ? null : sum(fresh, ({ traffic }) => traffic?.edits);
    this.#points = [...this.#points.slice(1 - POINTS), { at: now, edits, ack: worst(fresh) }];
  }

  view(now: number): BoardView {
    const known = [...this.#nodes].sort(([a], [b]) => (a < b ? -1 : 1));
    const all = known.map(([, node]) => node);
    // While nobody says anything, what was said last is still shown, and said to be old.
    const fresh = this.#fresh(now);
    const shown = fresh.length > 0 ? fresh : all;
    const states = shown.flatMap(({ state }) => (state ? [state] : []));
    return {
      health: this.#health(now),
      rooms: all.length === 0 ? null : sum(shown, ({ traffic }) => traffic?.rooms),
      people: all.length === 0 ? null : sum(shown, ({ traffic }) => traffic?.people),
      edits: all.length === 0 ? null : sum(shown, ({ traffic }) => traffic?.edits),
      ackP95: worst(shown)?.p95 ?? null,
      upMs: states.length === 0 ? null : Math.max(...states.map(({ upMs }) => upMs)),
      nodes: known.map(([name, { heardAt, state, storage }]) => ({
        name,
        silent: now - heardAt >= STALE_MS ? Math.floor((now - heardAt) / 1_000) : null,
        state,
        storage,
      })),
      busy: all.flatMap(({ busy }) => busy?.rooms ?? []).sort((a, b) => b.edits - a.edits || b.people - a.people),
      points: this.#points,
    };
  }

  #health(now: number): Health {
    const known = [...this.#nodes];
    if (known.length === 0) return { kind: 'connecting' };
    const silence = now - Math.max(...known.map(([, { heardAt }]) => heardAt));
    if (silence >= STALE_MS) return { kind: 'stale', seconds: Math.floor(silence / 1_000) };
    if (known.some(([, { storage }]) => storage?.up === false)) return { kind: 'store-down' };
    const leaving = known.find(([, { state }]) => state?.role === 'draining');
    if (leaving) return { kind: 'draining', node: leaving[0] };
    if (known.some(([, { storage }]) => storage?.bus === false)) return { kind: 'bus-down' };
    return { kind: 'normal' };
  }

  #fresh(now: number): Node[] {
    return [...this.#nodes.values()].filter(({ heardAt }) => now - heardAt <= FRESH_MS);
  }
}

function sum(nodes: readonly Node[], read: (node: Node) => number | undefined): number {
  return nodes.reduce((all, node) => all + (read(node) ?? 0), 0);
}

/** Each percentile of the node where it is longest: no average of percentiles means anything. */
function worst(nodes: readonly Node[]): Percentiles | null {
  const all = nodes.flatMap(({ latency }) => (latency?.ack ? [latency.ack] : []));
  if (all.length === 0) return null;
  const most = (key: keyof Percentiles): number => Math.max(...all.map((one) => one[key]));
  return { p50: most('p50'), p95: most('p95'), p99: most('p99') };
}
