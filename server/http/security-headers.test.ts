import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { guardAnswer, guardPage } from './security-headers.ts';

/** What an answer to `headers` carries, and what the pages are asked. */
function answerTo(headers: Record<string, string>, frameAncestors: string, page: 'page' | 'data', needsEval = false) {
  const sent = new Map<string, string>();
  const request = { headers: { ...headers } } as unknown as IncomingMessage;
  const response = {
    setHeader: (name: string, value: string) => sent.set(name, value),
    removeHeader: (name: string) => sent.delete(name),
  } as unknown as ServerResponse;
  const rule = { trustProxy: true, frameAncestors };
  guardAnswer(request, response, rule);
  if (page === 'page') guardPage(request, response, rule, needsEval);
  return { sent, asked: request.headers, policy: sent.get('content-security-policy') ?? '' };
}

it('[P7] lets nothing run or be framed that is no page', () => {
  const { sent, policy } = answerTo({}, 'https://wiki.example', 'data');
  expect(policy).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(sent.get('x-frame-options')).toBe('DENY');
  expect(sent.get('x-content-type-options')).toBe('nosniff');
  expect(sent.get('referrer-policy')).toBe('no-referrer');
});

it('[P7] gives each page a nonce of its own, whatever the caller asks for', () => {
  const wish = { 'content-security-policy': "script-src 'nonce-mine'" };
  const [first, second] = [answerTo(wish, "'self'", 'page'), answerTo(wish, "'self'", 'page')];
  expect(first.policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='; /);
  expect(first.asked['content-security-policy']).toBe(first.policy);
  expect(second.policy).not.toBe(first.policy);
  expect(first.policy).not.toMatch(/script-src[^;]*unsafe/);
});

it('allows eval only where pages are developed', () => {
  expect(answerTo({}, "'self'", 'page', true).policy).toMatch(/script-src[^;]*'unsafe-eval'/);
  expect(answerTo({}, "'self'", 'page').policy).not.toContain('unsafe-eval');
});

it.each([
  ["'none'", 'DENY'],
  ["'self'", 'SAMEORIGIN'],
  ["'self' https://wiki.example", undefined],
])('[P7] says who may frame a page, %s, in both ways that browsers know', (frameAncestors, older) => {
  const { sent, policy } = answerTo({}, frameAncestors, 'page');
  expect(policy).toContain(`frame-ancestors ${frameAncestors};`);
  expect(sent.get('x-frame-options')).toBe(older);
});

it('keeps browsers on https only if they came by it', () => {
  const secure = answerTo({ 'x-forwarded-proto': 'https' }, "'self'", 'data');
  expect(secure.sent.get('strict-transport-security')).toBe('max-age=31536000');
  expect(answerTo({}, "'self'", 'data').sent.has('strict-transport-security')).toBe(false);
});
