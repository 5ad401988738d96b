import { describe, expect, it } from 'vitest';
import { isRefusal, placeOf, reasonOf } from './redis-reason.ts';

const url = 'redis://tandem-user:p%40ss%20word@redis.example.org:6380/2';

describe('why Redis failed', () => {
  it.each([
    ['ERR unknown command `AUTH`, with args beginning with: `tandem-user`, `p@ss word`, '],
    ['Invalid URL: redis://tandem-user:p%40ss%20word@redis.example.org:6380/2'],
  ])('shows neither user nor password: %s', (message) => {
    const reason = reasonOf(new Error(message), url);
    expect(reason).toContain('[hidden]');
    expect(reason).not.toMatch(/p@ss|p%40ss|tandem-user/);
  });

  it('has words for whatever was thrown', () => {
    expect(reasonOf(new Error('connect ECONNREFUSED 127.0.0.1:6379'), url)).toBe('connect ECONNREFUSED 127.0.0.1:6379');
    expect(reasonOf(new AggregateError([new Error('a'), new Error('b')]), url)).toBe('a; b');
    expect(reasonOf(new TypeError(), url)).toBe('TypeError');
    expect(reasonOf('a string', 'redis://localhost')).toBe('a string');
  });

  it('knows where Redis is', () => {
    expect(placeOf(url)).toBe('redis.example.org:6380');
    expect(placeOf('rediss://[::1]')).toBe('[::1]:6379');
  });

  it.each([
    ['WRONGPASS invalid username-password pair or user is disabled.', true],
    ['NOAUTH Authentication required.', true],
    ['NOPERM No permissions to access a channel', true],
    ['ERR AUTH <password> called without any password configured for the default user.', true],
    ['ERR Client sent AUTH, but no password is set', true],
    ['ERR invalid password', true],
    ['ERR DB index is out of range', true],
    ['LOADING Redis is loading the dataset in memory', false],
    ['ERR max number of clients reached', false],
    ['MASTERDOWN Link with MASTER is down', false],
    ['connect ECONNREFUSED 127.0.0.1:6379', false],
    ['Socket closed unexpectedly', false],
  ])('tells what stays from what passes: %s', (message, refusal) => {
    expect(isRefusal(new Error(message))).toBe(refusal);
  });
});
