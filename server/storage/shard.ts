import { fnv1a } from '../../lib/ot/index.ts';

/**
 * Which shard a room is in, for a balancer that keeps rooms together: 8 hex digits made of its edit token, or of its id
 * for a room from before there were shards. 32 bits of a hash tell nothing of a token of 128.
 */
export function shardOf(tokenOrId: string): string {
  return fnv1a(tokenOrId);
}
