import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Bus } from './bus.ts';
import { createNoBus } from './no-bus.ts';

/**
 * How this node hears of others. Null if there are none, for it has a store of its own: DATABASE_URL makes it one of
 * several, and REDIS_URL lets them hear of each other soon. Rejects with a sentence for people.
 */
export async function openBus(
  { databaseUrl, redisUrl, nodeName, limits }: Pick<Config, 'databaseUrl' | 'redisUrl' | 'nodeName' | 'limits'>,
  clock: Clock,
  log: Log,
): Promise<Bus | null> {
  if (databaseUrl === null) return null;
  if (redisUrl === null) return createNoBus(nodeName);
  // A sixth of a start's work, which most servers never need.
  const { createRedisBus } = await import('./redis-bus.ts');
  return createRedisBus({ url: redisUrl, name: nodeName, limits, clock, log });
}
