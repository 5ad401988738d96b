import * as Y from 'yjs';
import { YjsFault } from './fault.ts';

/** What Yjs keeps: an item, a hole where one was, or (only in updates) a stretch that is left out. */
export type Struct = Y.Item | Y.GC | Y.Skip;

/** A stretch of one client's clocks: `len` of them. */
export interface ClockRange {
  readonly clock: number;
  readonly len: number;
}

/** An update of somebody who may be anybody, decoded and found to be what an honest client could have written. */
export interface Incoming {
  /** The structs of each client, by clock. */
  readonly sections: ReadonlyMap<number, readonly Struct[]>;
  /** Ranges of clocks that are deleted, by client; they may overlap, and are in no order. */
  readonly deletes: ReadonlyMap<number, readonly ClockRange[]>;
  /** Names of the root types that it mentions. */
  readonly roots: ReadonlySet<string>;
  /** The index, in its client's section, of the struct that covers `clock`. */
  indexOf(client: number, clock: number): number;
  /** Some struct holds a type, so the depth of types may grow. */
  readonly hasTypes: boolean;
}

/** Structs of one update. A long history of one person, never synchronised before, has some ten thousand. */
const MOST_STRUCTS = 100_000;
/** Subdocuments of one update: each is a whole Y.Doc in memory, from a handful of bytes. */
const MOST_SUBDOCS = 100;
/** How deep the values inside of an update may be nested: writing them out again is recursive. */
const MOST_DEPTH = 100;

/** Throws `YjsFault`: 'bad-update', or 'too-many'. What it costs is bounded by the bytes. */
export function decodeIncoming(update: Uint8Array): Incoming {
  const { structs, ds } = decode(update);
  const sections = new Map<number, Struct[]>();
  const roots = new Set<string>();
  let hasTypes = false;
  for (const struct of structs) {
    checkRange(struct.id.client, struct.id.clock, struct.length);
    const section = sections.get(struct.id.client);
    if (section) section.push(struct);
    else sections.set(struct.id.client, [struct]);
    if (!(struct instanceof Y.Item)) continue;
    const parent: unknown = struct.parent;
    if (typeof parent === 'string') roots.add(parent);
    for (const id of dependencies(struct)) checkRange(id.client, id.clock, 1);
    checkContent(struct.content);
    hasTypes ||= struct.content instanceof Y.ContentType;
  }
  for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) checkRange(client, clock, len);
  const indexOf = (client: number, clock: number): number => lastFrom(sections.get(client) ?? [], clock);
  return { sections, deletes: ds.clients, roots, indexOf, hasTypes };
}

/** The index of the last struct that begins at `clock` or before; 0 if none does. */
function lastFrom(structs: readonly Struct[], clock: number): number {
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.id.clock ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The ids that must be known before the item can be placed. */
export function dependencies({ origin, rightOrigin, parent }: Y.Item): Y.ID[] {
  const ids: Y.ID[] = [];
  if (origin) ids.push(origin);
  if (rightOrigin) ids.push(rightOrigin);
  if (parent instanceof Y.ID) ids.push(parent);
  return ids;
}

/** Yjs itself reads on where a wiser decoder stops. */
class StrictDecoder extends Y.UpdateDecoderV1 {
  readonly #clients = new Set<number>();
  #structs = 0;
  #subdocs = 0;

  /** Called once for each section. Applying an update overlooks the first of two sections of one client. */
  override readClient(): number {
    const client = super.readClient();
    if (this.#clients.has(client)) throw new YjsFault('bad-update', `The update has two sections of client ${client}.`);
    this.#clients.add(client);
    return client;
  }

  /** Called once for each struct. */
  override readInfo(): number {
    const info = super.readInfo();
    if (++this.#structs > MOST_STRUCTS) throw tooMany('structs', MOST_STRUCTS);
    if ((info & 31) === 9 && ++this.#subdocs > MOST_SUBDOCS) throw tooMany('subdocuments', MOST_SUBDOCS);
    return info;
  }
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdateV2(update, StrictDecoder);
  } catch (error) {
    if (error instanceof YjsFault) throw error;
    throw new YjsFault('bad-update', `The update cannot be decoded: ${String(error)}.`, { cause: error });
  }
}

/** An empty struct would make the search in Yjs' sorted lists go round for ever; beyond 2^53 clocks are not exact. */
function checkRange(client: number, clock: number, length: number): void {
  if (length > 0 && Number.isSafeInteger(client) && Number.isSafeInteger(clock + length)) return;
  throw new YjsFault('bad-update', `The update has a range of length ${length} at clock ${clock} of client ${client}.`);
}

function checkContent(content: Y.Item['content']): void {
  if (content instanceof Y.ContentEmbed) checkDepth(content.embed);
  else if (content instanceof Y.ContentFormat) checkDepth(content.value);
  else if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) checkDepth(content.arr);
  else if (content instanceof Y.ContentDoc) checkSubdoc(content);
}

/** The options of a subdocument are taken over as they are, and may replace what is written out as a string. */
function checkSubdoc({ doc, opts }: Y.ContentDoc): void {
  checkDepth(opts);
  const guid: unknown = doc.guid;
  if (typeof guid !== 'string') throw new YjsFault('bad-update', 'The update has a subdocument without a name.');
}

function checkDepth(value: unknown): void {
  let layer: unknown[] = [value];
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > MOST_DEPTH) throw tooMany('layers of one value', MOST_DEPTH);
    layer = layer.flatMap(partsOf);
  }
}

function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value);
}

function tooMany(what: string, most: number): YjsFault {
  return new YjsFault('too-many', `The update has more than ${most} ${what}.`);
}
