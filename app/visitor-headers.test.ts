import { afterEach, expect, it, vi } from 'vitest';
import { visitorHeaders } from './visitor-headers.ts';

afterEach(() => vi.unstubAllEnvs());

it('passes on who the visitor is and where from, and nothing else', () => {
  const visitor = new Headers({
    cookie: 'tandem-guest=a',
    'x-forwarded-for': '10.0.0.9',
    'x-user': 'ann',
    accept: '*/*',
  });
  expect(visitorHeaders(visitor)).toEqual({ cookie: 'tandem-guest=a', 'x-forwarded-for': '10.0.0.9' });
  vi.stubEnv('TANDEM_USER_HEADER', 'X-User');
  vi.stubEnv('TANDEM_NAME_HEADER', '');
  expect(visitorHeaders(visitor)).toEqual({ cookie: 'tandem-guest=a', 'x-forwarded-for': '10.0.0.9', 'X-User': 'ann' });
});
