/** The WebSocket subprotocol that a client offers. A server that knows none of the offered ones closes 4406. */
export const SUBPROTOCOL = 'tandem.1';

/** The same with the messages of typing in a shorter form (compact-op.ts). */
export const COMPACT_SUBPROTOCOL = 'tandem.1.cbor';
