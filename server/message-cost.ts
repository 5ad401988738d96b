import type { ClientMessage } from '../lib/protocol/index.ts';
import type { Cost } from './allowance.ts';

/** Which edit, chat message or comment a refusal is about. */
export interface About {
  seq?: number;
  id?: string;
}

export function aboutOf(message: ClientMessage): About {
  switch (message.t) {
    case 'op':
      return { seq: message.seq };
    case 'chat':
    case 'comment':
      return { id: message.id };
    default:
      return {};
  }
}

/** What a message costs its sender besides its bytes. */
export function costOf({ t }: ClientMessage): Cost {
  // As ephemeral as a caret.
  if (t === 'writing') return 'cursor';
  return t === 'op' || t === 'cursor' || t === 'ping' ? t : 'other';
}
