import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';

/** A file of `deploy`, which is not ours to import but has to fit what we do. */
function deployed(path: string): string {
  return readFileSync(new URL(`../deploy/${path}`, import.meta.url), 'utf8');
}

describe('the configuration of nginx', () => {
  const site = deployed('nginx/tandem.conf');

  it('lets the largest body of REST in', () => {
    const bytes = Number(/client_max_body_size (\d+)m;/.exec(site)?.[1]) * 2 ** 20;
    expect(bytes).toBe(Math.max(DEFAULT_SERVER_LIMITS.jsonBody, DEFAULT_SERVER_LIMITS.textBody));
  });

  it('waits as long as the server does, and longer than heartbeats', () => {
    const times = [...site.matchAll(/(?:client_body_timeout|proxy_(?:read|send)_timeout) +(\d+)s;/g)];
    expect(times.length).toBeGreaterThanOrEqual(5);
    for (const [line, seconds] of times) {
      expect(Number(seconds) * 1_000, line).toBeGreaterThanOrEqual(DEFAULT_SERVER_LIMITS.bodyTimeoutMs);
      // Two heartbeats may be lost.
      expect(Number(seconds) * 1_000, line).toBeGreaterThan(3 * DEFAULT_SERVER_LIMITS.pingEveryMs);
    }
  });
});
