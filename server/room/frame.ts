import type { ServerMessage } from '../../lib/protocol/index.ts';

/** The bytes of one text frame. Built once, then shared by everybody who gets it: never write into it. */
export function frameOf(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message), 'utf8');
}
