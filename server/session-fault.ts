import { CloseCode, ProtocolFault } from '../lib/protocol/index.ts';
import type { Log } from './log.ts';
import { StorageUnavailable } from './storage/storage.ts';

/** What a session is ended with for an error: the refusal that it is, or a word for what went wrong here, which is logged. */
export function faultOf(error: unknown, log: Log, where: { session: string } | { room: string }): ProtocolFault {
  if (error instanceof ProtocolFault) return error;
  if (error instanceof StorageUnavailable) {
    log.error({ ...where, reason: error.message }, 'storage unavailable');
    return new ProtocolFault('internal', CloseCode.INTERNAL, 'The server cannot reach its storage.');
  }
  log.error({ ...where, err: error }, 'session failed');
  return new ProtocolFault('internal', CloseCode.INTERNAL, 'The server stumbled.');
}
