import { afterEach, expect, it, vi } from 'vitest';
import { rememberUnsent, unsentIn } from './unsent.ts';

function browser(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  return kept;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('keeps words by room and place until they are empty', () => {
  const kept = browser();
  rememberUnsent('a', 'chat', 'half a sen');
  rememberUnsent('a', 'thread:1', 'and the ot');
  rememberUnsent('b', 'chat', 'elsewhere');
  expect(unsentIn('a')).toEqual({ chat: 'half a sen', 'thread:1': 'and the ot' });
  rememberUnsent('a', 'chat', '');
  rememberUnsent('a', 'thread:1', '');
  expect(unsentIn('a')).toEqual({});
  expect(kept.get('tandem:unsent')).toBe('{"b":{"chat":"elsewhere"}}');
});

it('forgets the rooms that were written in longest ago', () => {
  browser();
  for (let n = 0; n < 110; n++) rememberUnsent(`room ${n}`, 'chat', 'x');
  expect(unsentIn('room 9')).toEqual({});
  expect(unsentIn('room 10')).toEqual({ chat: 'x' });
});

it('takes what somebody else wrote there for nothing', () => {
  browser().set('tandem:unsent', '{"a":{"chat":7,"said:1":"yes"},"b":[]}');
  expect(unsentIn('a')).toEqual({ 'said:1': 'yes' });
  expect(unsentIn('b')).toEqual({});
});
