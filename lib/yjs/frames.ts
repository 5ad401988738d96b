import * as encoding from 'lib0/encoding';
import type { AwarenessState } from './awareness.ts';

/** Tells what is here, and asks for what is not. */
export function syncStep1(vector: Uint8Array): Uint8Array {
  return sync(0, vector);
}

/** The answer to a SyncStep1. */
export function syncStep2(update: Uint8Array): Uint8Array {
  return sync(1, update);
}

/** Something new. */
export function update(bytes: Uint8Array): Uint8Array {
  return sync(2, bytes);
}

/** What some clients say of themselves. None: says nothing, but that the connection is alive. */
export function awareness(states: readonly AwarenessState[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((body) => writeStates(body, states)),
    );
  });
}

/** Stock clients write the reason to their console, and go on. */
export function permissionDenied(reason: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
}

function sync(step: 0 | 1 | 2, body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
}

function writeStates(encoder: encoding.Encoder, states: readonly AwarenessState[]): void {
  encoding.writeVarUint(encoder, states.length);
  for (const { clientId, clock, state } of states) {
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  }
}
