/**
 * Why a socket was closed, and whether the client may come back by itself. 1002, 1007 and 1009 are the RFC 6455
 * codes that the WebSocket library sends for frames which never reach us; 1013 is registered beside them.
 */
export const CloseCode = {
  PROTOCOL_ERROR: 1002,
  NOT_UTF8: 1007,
  MESSAGE_TOO_BIG: 1009,
  /** Only on /yjs: a fresh synchronisation mends it, and stock clients give up for good after 4400–4499. */
  TRY_AGAIN: 1013,
  BAD_MESSAGE: 4400,
  PASSWORD: 4401,
  FORBIDDEN: 4403,
  NO_SUCH_ROOM: 4404,
  VERSION: 4406,
  HELLO_TIMEOUT: 4408,
  SUPERSEDED: 4409,
  TOO_LARGE: 4413,
  TOO_FAST: 4429,
  INTERNAL: 4500,
  DRAINING: 4503,
  SLOW_CONSUMER: 4508,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

const FATAL: ReadonlySet<number> = new Set<CloseCode>([
  CloseCode.PROTOCOL_ERROR,
  CloseCode.NOT_UTF8,
  CloseCode.MESSAGE_TOO_BIG,
  CloseCode.BAD_MESSAGE,
  CloseCode.PASSWORD,
  CloseCode.FORBIDDEN,
  CloseCode.NO_SUCH_ROOM,
  CloseCode.VERSION,
  CloseCode.TOO_LARGE,
]);

/** True: connecting again would end the same way, so the client stops, says why and keeps the text. */
export function isFatal(code: number): boolean {
  return FATAL.has(code);
}
