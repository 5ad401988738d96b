import { expect, it } from 'vitest';
import { visitorHeaders } from './visitor-headers.ts';

it('passes on who the visitor is, where from and in which language, and nothing else', () => {
  const about = { cookie: 'tandem-guest=a', 'x-forwarded-for': '10.0.0.9', 'accept-language': 'de' };
  const visitor = new Headers({ ...about, 'x-user': 'ann', accept: '*/*' });
  expect(visitorHeaders(visitor, [undefined, ''])).toEqual(about);
  expect(visitorHeaders(visitor, ['X-User', 'X-Name'])).toEqual({ ...about, 'X-User': 'ann' });
});
