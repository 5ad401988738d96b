import { ManualClock } from '../../lib/testing/index.ts';
import { AddressBudgets, type AddressBudget } from '../address-budgets.ts';
import type { Caller } from '../caller.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { CreateLinks, Lease, Rooms } from '../rooms.ts';

/** Somebody of whom nothing is known but what their address may still ask for. */
export function stranger(
  budget: AddressBudget = new AddressBudgets(new ManualClock(), DEFAULT_SERVER_LIMITS).of(''),
  known: Partial<Caller> = {},
): Caller {
  return { address: '', budget, cookie: null, user: null, ...known };
}

/** Opens a room as a stranger without a password, who may make as many rooms as they like. */
export function openRoom(rooms: Rooms, token: string, create?: CreateLinks | 'never'): Promise<Lease | null> {
  const knock = { token, caller: stranger(), person: '', password: null };
  return rooms.open(knock, create === 'never' ? create : { create, mayMake: () => true });
}
