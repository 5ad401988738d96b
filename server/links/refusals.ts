import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';

/** Why a link does not let somebody in, or not any longer; docs/decisions/links.md has the table. */
export const refusals = {
  noSuchRoom: () => new ProtocolFault('no-such-room', CloseCode.NO_SUCH_ROOM, 'There is no room here.'),
  revoked: () => new ProtocolFault('revoked', CloseCode.FORBIDDEN, 'This link was revoked.'),
  expired: () => new ProtocolFault('expired', CloseCode.FORBIDDEN, 'The time of this link is over.'),
  removed: () => new ProtocolFault('removed', CloseCode.FORBIDDEN, 'The owner removed you from this room.'),
  passwordWanted: () => new ProtocolFault('password-wanted', CloseCode.PASSWORD, 'This room has a password.'),
  passwordWrong: () => new ProtocolFault('password-wrong', CloseCode.PASSWORD, 'That is not the password.'),
  signInWanted: () => new ProtocolFault('sign-in-wanted', CloseCode.FORBIDDEN, 'Sign in to start a room here.'),
  deleted: () => new ProtocolFault('deleted', CloseCode.NO_SUCH_ROOM, 'The owner deleted this room.'),
} as const;

/** Too many wrong passwords before this one. */
export class TooManyTries extends ProtocolFault {
  /** When the next may be tried, in ms from now. */
  readonly retryMs: number;

  constructor(retryMs: number) {
    super('too-fast', CloseCode.TOO_FAST, `Too many tries. Try again in ${Math.ceil(retryMs / 1_000)} s.`);
    this.retryMs = retryMs;
  }
}
