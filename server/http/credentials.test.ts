import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { passwordOf } from './credentials.ts';

function given(authorization: string | undefined): string | null {
  const request = new IncomingMessage(new Socket());
  if (authorization !== undefined) request.headers.authorization = authorization;
  return passwordOf(request);
}
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

it.each([
  ['as curl -u says it', basic(':sesame'), 'sesame'],
  ['with a user, whoever that is', basic('ann:sesame'), 'sesame'],
  ['with colons and other letters', basic(':a:b ü 🎉'), 'a:b ü 🎉'],
  ['not at all', undefined, null],
  ['empty', basic(':'), null],
  ['without a colon', basic('sesame'), null],
  ['in another scheme', 'Bearer sesame', null],
  ['not base64', 'Basic ???', null],
])('reads a password %s', (_, header, password) => {
  expect(given(header)).toBe(password);
});

it('reads no more of it than a password may have', () => {
  expect(given(basic(`:${'x'.repeat(10_000)}`))).toHaveLength(200);
});
