import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Counters } from '../counters.ts';
import { exposeBuckets, exposeCounter, exposeGauge } from './exposed.ts';
import { RESOLUTION_MS } from '../status/event-loop.ts';
import type { StorageMeter } from './measured-storage.ts';

/** Where the numbers come from. */
export interface MetricSources {
  counters: Counters;
  storage: StorageMeter;
  /** Sockets that are open, whatever they speak. */
  sockets: () => number;
  /** Rooms in memory. */
  rooms: () => number;
  /** Network addresses whose rates are remembered. */
  addresses: () => number;
  /** Is this node in touch with the others? True where there are none. */
  busUp: () => boolean;
  version: string;
  node: string;
}

const MS = 0.001;

/**
 * All that `/metrics` shows. Everything is read when it is asked for, and every label has few values that the code knows:
 * nothing that a caller wrote is ever one. The process' own metrics (memory, processor, event-loop delay as `nodejs_eventloop_lag_…`,
 * since the reading before, with the pause between two looks) are the library's.
 */
export function createRegistry(sources: MetricSources): Registry {
  const registry = new Registry();
  const { counters, storage } = sources;
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: RESOLUTION_MS });

  exposeGauge(
    registry,
    'tandem_build_info',
    'Always 1; its labels say what runs here.',
    () => [[sources.version, 1]],
    'version',
  );
  exposeGauge(registry, 'tandem_node_info', 'Always 1; which node this is.', () => [[sources.node, 1]], 'node');
  exposeGauge(registry, 'tandem_connections', 'WebSockets that are open.', sources.sockets);
  exposeGauge(registry, 'tandem_rooms_loaded', 'Rooms in memory.', sources.rooms);
  exposeGauge(registry, 'tandem_addresses', 'Network addresses whose rates are remembered.', sources.addresses);
  exposeGauge(
    registry,
    'tandem_sessions',
    'Who is in a room by a socket (ot, yjs), and requests under way (api).',
    () => Object.entries(counters.here),
    'kind',
  );
  exposeGauge(registry, 'tandem_store_up', 'Could the storage do what it was asked last?', () => bit(storage.up));
  exposeGauge(registry, 'tandem_bus_up', 'Is this node in touch with the others?', () => bit(sources.busUp()));
  exposeGauge(registry, 'tandem_storage_waiting', 'Calls to the storage without an answer yet.', () => storage.waiting);

  const count = (name: string, help: string, read: () => number): void =>
    exposeCounter(registry, `tandem_${name}_total`, help, read);
  count('joins', 'Sessions that were let into a room.', () => counters.joins);
  count('edits_received', 'Edits taken into a room’s queue, from sockets.', () => counters.edits);
  count('edits_committed', 'Entries that became durable.', () => counters.committed);
  count('conflicts', 'Appends that met entries of somebody else.', () => counters.conflicts);
  count('resends', 'Edits that came again after they were settled.', () => counters.resent);
  count('resumes', 'Clients that came back and went on where they were.', () => counters.resumed);
  count('resyncs', 'Clients that came back and needed the whole text.', () => counters.resyncs);
  count('hash_mismatches', 'Clients that had another text and healed.', () => counters.mismatches);
  count('slow_consumers_behind', 'Sessions that were withheld entries for reading slowly.', () => counters.fellBehind);
  count('slow_consumers_ended', 'Sessions ended for reading too slowly.', () => counters.ended['slow-consumer'] ?? 0);
  count('rate_limited', 'Messages and requests that were told to come later.', () => counters.rateLimited);
  count('received_bytes', 'Payloads of frames that came in.', () => counters.bytesIn);
  count('sent_bytes', 'Payloads of frames that went out.', () => counters.bytesOut);

  const countBy = (name: string, help: string, label: string, read: () => Iterable<readonly [string, number]>): void =>
    exposeCounter(registry, `tandem_${name}_total`, help, read, label);
  countBy('messages_received', 'Messages of sockets, by kind.', 'type', () => Object.entries(counters.messagesIn));
  countBy('messages_sent', 'Messages to sockets, by kind.', 'type', () => Object.entries(counters.messagesOut));
  countBy('errors', 'Sessions ended by us, by why.', 'code', () => Object.entries(counters.ended));
  countBy('http_answers', 'Answers over HTTP, pages left out.', 'status', () => Object.entries(counters.answers));
  countBy('storage_failures', 'Calls that the storage could not do.', 'call', () => storage.failures);

  exposeBuckets(registry, 'tandem_batch_edits', 'Edits that were ordered and written together.', 1, () => [
    [null, counters.batches],
  ]);
  exposeBuckets(
    registry,
    'tandem_commit_seconds',
    'From taking a batch to its being durable and told, tries included.',
    MS,
    () => [[null, counters.commitMs]],
  );
  exposeBuckets(
    registry,
    'tandem_edit_to_broadcast_seconds',
    'From an edit’s arrival to its being durable and told to everybody here.',
    MS,
    () => [[null, counters.tellMs]],
  );
  exposeBuckets(
    registry,
    'tandem_storage_seconds',
    'How long calls to the storage took.',
    MS,
    () => storage.tookMs,
    'call',
  );
  return registry;
}

function bit(yes: boolean): 0 | 1 {
  return yes ? 1 : 0;
}
