import { CloseCode, type FaultCode } from '../../lib/protocol/index.ts';

/** The table of docs/PROTOCOL.md: which close code belongs to which word. A refusal outside of it is a fault of ours. */
export const REFUSALS: Readonly<Record<FaultCode, number>> = {
  'bad-json': CloseCode.BAD_MESSAGE,
  'bad-cbor': CloseCode.BAD_MESSAGE,
  'bad-frame': CloseCode.BAD_MESSAGE,
  'bad-type': CloseCode.BAD_MESSAGE,
  'bad-field': CloseCode.BAD_MESSAGE,
  'bad-op': CloseCode.BAD_MESSAGE,
  'bad-seq': CloseCode.BAD_MESSAGE,
  'bad-rev': CloseCode.BAD_MESSAGE,
  'bad-token': CloseCode.NO_SUCH_ROOM,
  'hello-expected': CloseCode.BAD_MESSAGE,
  'hello-twice': CloseCode.BAD_MESSAGE,
  'hello-timeout': CloseCode.HELLO_TIMEOUT,
  'wrong-version': CloseCode.VERSION,
  'no-such-room': CloseCode.NO_SUCH_ROOM,
  'read-only': CloseCode.FORBIDDEN,
  revoked: CloseCode.FORBIDDEN,
  expired: CloseCode.FORBIDDEN,
  removed: CloseCode.FORBIDDEN,
  deleted: CloseCode.NO_SUCH_ROOM,
  'password-wanted': CloseCode.PASSWORD,
  'password-wrong': CloseCode.PASSWORD,
  'sign-in-wanted': CloseCode.FORBIDDEN,
  superseded: CloseCode.SUPERSEDED,
  'document-full': CloseCode.TOO_LARGE,
  'too-fast': CloseCode.TOO_FAST,
  'room-full': CloseCode.TOO_FAST,
  'slow-consumer': CloseCode.SLOW_CONSUMER,
  draining: CloseCode.DRAINING,
  'bad-update': CloseCode.BAD_MESSAGE,
  'other-root': CloseCode.FORBIDDEN,
  'out-of-step': CloseCode.TRY_AGAIN,
  internal: CloseCode.INTERNAL,
};

/** A close frame's reason has to fit beside its code. */
const MOST_REASON_BYTES = 123;

/** What is wrong with a refusal, as a sentence; null if it is as documented. `error`: the last message before the close. */
export function faultOfRefusal(error: unknown, code: number, reason: string): string | null {
  if (Buffer.byteLength(reason) > MOST_REASON_BYTES) return `The reason of close ${code} is too long.`;
  if (typeof error !== 'object' || error === null || !('t' in error) || error.t !== 'error') {
    return `Close ${code} came without an "error" before it, but after ${JSON.stringify(error)}.`;
  }
  const word = 'code' in error ? error.code : undefined;
  if (typeof word !== 'string' || !Object.hasOwn(REFUSALS, word)) return `"${String(word)}" is no documented code.`;
  if (!('message' in error) || typeof error.message !== 'string' || error.message.length < 10) {
    return `"${word}" came without a sentence.`;
  }
  // Object.hasOwn has found it in the table.
  const due = REFUSALS[word as FaultCode];
  return due === code ? null : `"${word}" closed with ${code}; ${due} is documented.`;
}
