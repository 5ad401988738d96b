import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { mayRead } from './metrics.ts';

const TOKEN = 'for-prometheus-only';

function request(remoteAddress: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('[P10] /metrics without a token', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('may be read from %s', (address) => {
    expect(mayRead(request(address), null)).toBe(true);
  });

  it.each(['192.168.1.7', '::ffff:10.0.0.1', 'fe80::1', '::127.0.0.1', '1127.0.0.1', undefined])(
    'may not be read from %s',
    (address) => {
      expect(mayRead(request(address), null)).toBe(false);
    },
  );

  it.each(['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'via'])(
    'may not be read through a proxy that says so in %s, whatever it says',
    (name) => {
      expect(mayRead(request('127.0.0.1', { [name]: '127.0.0.1' }), null)).toBe(false);
      expect(mayRead(request('127.0.0.1', { [name]: '' }), null)).toBe(false);
    },
  );
});

describe('[P10] /metrics with a token', () => {
  it('may be read by whoever brings it, from anywhere', () => {
    expect(mayRead(request('192.168.1.7', { authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(true);
    expect(mayRead(request('127.0.0.1', { authorization: `bearer  ${TOKEN}`, via: 'x' }), TOKEN)).toBe(true);
  });

  it.each(['', TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, 'Bearer ', `Basic ${TOKEN}`])(
    'may not be read with %j, from this machine either',
    (authorization) => {
      expect(mayRead(request('127.0.0.1', { authorization }), TOKEN)).toBe(false);
      expect(mayRead(request('127.0.0.1'), TOKEN)).toBe(false);
    },
  );
});
