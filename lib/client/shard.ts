import { fnv1a } from '../ot/index.ts';

/**
 * The shard of a room that has had no other edit link than this: 8 hex digits that tell a balancer where it is, and nobody the
 * token (32 bits of a hash of 128).
 */
export function shardOf(token: string): string {
  return fnv1a(token);
}
