import type { CloseCode } from './close-codes.ts';

/** Stable words for refusals; docs/PROTOCOL.md lists when each is sent. */
export type FaultCode =
  | 'bad-json'
  | 'bad-cbor'
  | 'bad-frame'
  | 'bad-type'
  | 'bad-field'
  | 'bad-op'
  | 'bad-seq'
  | 'bad-rev'
  | 'bad-token'
  | 'hello-expected'
  | 'hello-twice'
  | 'hello-timeout'
  | 'wrong-version'
  | 'no-such-room'
  | 'read-only'
  | 'revoked'
  | 'expired'
  | 'removed'
  | 'deleted'
  | 'password-wanted'
  | 'password-wrong'
  | 'sign-in-wanted'
  | 'superseded'
  | 'document-full'
  | 'too-fast'
  | 'room-full'
  | 'slow-consumer'
  | 'draining'
  | 'bad-update'
  | 'other-root'
  | 'out-of-step'
  | 'internal';

/** A refusal: what the `error` message says and which code the socket is then closed with. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
  readonly code: FaultCode;
  readonly close: CloseCode;

  constructor(code: FaultCode, close: CloseCode, message: string) {
    super(message);
    this.code = code;
    this.close = close;
  }
}
