import type { Role } from '../lib/protocol/index.ts';

/** May this role change the text? */
export function mayWrite(role: Role): boolean {
  return role !== 'view';
}
