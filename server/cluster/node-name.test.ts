import { expect, it } from 'vitest';
import { inventNodeName } from './node-name.ts';

it.each([
  ['web-1.example.org', /^web-1\.example\.org-\w{6}$/],
  ['Müllers Rechner', /^M-llers-Rechner-\w{6}$/],
  ['', /^node-\w{6}$/],
  ['x'.repeat(300), /^x{57}-\w{6}$/],
])('is an allowed name for the machine %j', (host, expected) => {
  const name = inventNodeName(host);
  expect(name).toMatch(expected);
  expect(name).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  expect(inventNodeName(host)).not.toBe(name);
});
