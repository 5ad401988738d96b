import { expect, it } from 'vitest';
import { visitorHeaders } from './visitor-headers.ts';

it('passes on who the visitor is and where from, and nothing else', () => {
  const about = { cookie: 'tandem-guest=a', 'x-forwarded-for': '10.0.0.9' };
  const visitor = new Headers({ ...about, 'x-user': 'ann', accept: '*/*' });
  expect(visitorHeaders(visitor, [undefined, ''])).toEqual(about);
  expect(visitorHeaders(visitor, ['X-User', 'X-Name'])).toEqual({ ...about, 'X-User': 'ann' });
});
