/** The WebSocket subprotocol that a client offers. A server that knows none of the offered ones closes 4406. */
export const SUBPROTOCOL = 'tandem.1';
