import { expect, it } from 'vitest';
import { keepPassword, keptPassword, passwordHeader } from './kept-password.ts';

it('a password goes to REST as UTF-8, behind an empty user', () => {
  const { Authorization = '' } = passwordHeader('pässwörd 🔑');
  expect(Buffer.from(Authorization.replace('Basic ', ''), 'base64').toString('utf8')).toBe(':pässwörd 🔑');
  expect(passwordHeader(null)).toEqual({});
});

it('without storage the page itself remembers, each link its own', () => {
  keepPassword('one', 'secret');
  expect(keptPassword('one')).toBe('secret');
  expect(keptPassword('two')).toBeNull();
  keepPassword('one', null);
  expect(keptPassword('one')).toBeNull();
});
