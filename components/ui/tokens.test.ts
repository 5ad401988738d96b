import { expect, it } from 'vitest';
import { randomToken } from './tokens.ts';

it('[P10] makes 22 base62 characters that differ each time', () => {
  const tokens = Array.from({ length: 500 }, () => randomToken());
  for (const token of tokens) expect(token).toMatch(/^[0-9A-Za-z]{22}$/);
  expect(new Set(tokens).size).toBe(500);
});

it('[P10] throws away bytes that would favour some letters', () => {
  let calls = 0;
  const token = randomToken((bytes) => {
    bytes.fill(calls === 0 ? 255 : 61);
    calls += 1;
  });
  expect(token).toBe('z'.repeat(22));
  expect(calls).toBe(2);
});
