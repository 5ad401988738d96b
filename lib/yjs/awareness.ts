import { badFrame, ByteReader } from './byte-reader.ts';
import { YjsFault } from './fault.ts';

/** What a client says of itself. A null state: it has gone. */
export interface AwarenessState {
  readonly clientId: number;
  /** Counts up with each saying. */
  readonly clock: number;
  readonly state: object | null;
}

/** How much one awareness frame may have. */
export interface AwarenessBounds {
  /** Bytes of one state's JSON. */
  readonly stateBytes: number;
  /** Stock clients repeat what they were told in one frame: as many as one may tell them, at least. */
  readonly states: number;
}

/** Decodes untrusted states. Throws `YjsFault`: 'bad-frame', or 'too-many' beyond the bounds. */
export function decodeAwareness(bytes: Uint8Array, bounds: AwarenessBounds): AwarenessState[] {
  const reader = new ByteReader(bytes);
  const count = reader.varUint();
  if (count > bounds.states) {
    throw new YjsFault('too-many', `The frame has ${count} awareness states, and ${bounds.states} are allowed.`);
  }
  const states: AwarenessState[] = [];
  while (states.length < count) {
    const clientId = reader.varUint();
    const clock = reader.varUint();
    const json = reader.varBytes();
    if (json.length > bounds.stateBytes) {
      throw new YjsFault('too-many', `An awareness state has ${json.length} bytes; ${bounds.stateBytes} are allowed.`);
    }
    states.push({ clientId, clock, state: stateOf(json) });
  }
  reader.end();
  return states;
}

function stateOf(json: Uint8Array): object | null {
  let state: unknown;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw badFrame('It has an awareness state that is not JSON.');
  }
  if (typeof state === 'object' && !Array.isArray(state)) return state;
  throw badFrame('It has an awareness state that is not an object.');
}
