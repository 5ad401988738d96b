import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';

/** A fault as a stock client has to hear it: they stay away for good after 4429, and are to come back, with everything in one update. */
export function forYjs(fault: ProtocolFault): ProtocolFault {
  return fault.close === CloseCode.TOO_FAST ? tryAgain(fault.message, fault.code) : fault;
}

/** After these a stock client stays away for good. */
export function isRefusal(close: CloseCode): boolean {
  return close >= 4400 && close < 4500;
}

export function tryAgain(why: string, code: ProtocolFault['code'] = 'too-fast'): ProtocolFault {
  return new ProtocolFault(code, CloseCode.TRY_AGAIN, why);
}
