import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Bus } from './bus.ts';
import { LocalHub } from './local-bus.ts';
import { createRedisBus } from './redis-bus.ts';

/** The bus that the configuration asks for: by way of Redis, or of a node that is alone. Rejects with a sentence for people. */
export function openBus(
  { redisUrl, nodeName, limits }: Pick<Config, 'redisUrl' | 'nodeName' | 'limits'>,
  clock: Clock,
  log: Log,
): Promise<Bus> {
  if (redisUrl !== null) return createRedisBus({ url: redisUrl, name: nodeName, limits, clock, log });
  const failed = (error: unknown): void => log.error({ err: error }, 'a listener of the bus failed');
  return Promise.resolve(new LocalHub({ busMessage: limits.busMessage, failed }).join(nodeName));
}
