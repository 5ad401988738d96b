import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { bearerOf, sameSecret } from '../secret.ts';
import { methodOf } from './method.ts';
import { Problem } from './problem.ts';

export interface MetricsDeps {
  registry: Pick<Registry, 'metrics' | 'contentType'>;
  /** METRICS_TOKEN; null: none is asked for. */
  token: string | null;
}

/** Headers by which proxies say that they stand between. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

/**
 * Answers `GET /metrics`. Without a token it is for programs on this machine: the other end of the socket is the loopback,
 * and no proxy has passed the request on, behind which everybody would be. With one, for whoever brings it. To
 * everybody else there is nothing here (`Problem` 404).
 */
export async function getMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { registry, token }: MetricsDeps,
): Promise<void> {
  if (methodOf(request.method) !== 'GET' || !mayRead(request, token)) {
    throw new Problem(404, 'no-such-page', 'There is nothing at this address.');
  }
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
}

export function mayRead(request: IncomingMessage, token: string | null): boolean {
  if (token !== null) {
    const said = bearerOf(request);
    return said !== null && sameSecret(said, token);
  }
  return isLoopback(request.socket.remoteAddress ?? '') && !FORWARDED.some((name) => name in request.headers);
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}
