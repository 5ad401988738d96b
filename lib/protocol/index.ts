export type * from './messages.ts';
export { decodeClientMessage } from './decode-client.ts';
export { decodeServerMessage } from './decode-server.ts';
export { CloseCode, isFatal } from './close-codes.ts';
export { ProtocolFault, type FaultCode } from './fault.ts';
export { cleanLabel } from './label.ts';
export { COLORS, DEFAULT_LIMITS, MAX_LANGUAGE, MAX_NAME, MAX_PASSWORD, MAX_TITLE } from './limits.ts';
export { isNameToken, isRandomToken, isToken } from './token.ts';
export { SUBPROTOCOL } from './version.ts';
