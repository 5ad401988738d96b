import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { leadToPages, withinBase } from './base-path.ts';

it.each([
  ['/api/rooms?x=1', '', '/api/rooms?x=1'],
  ['*', '', '*'],
  ['/notes/api/rooms?x=/notes/', '/notes', '/api/rooms?x=/notes/'],
  ['/notes/', '/notes', '/'],
  ['/notes', '/notes', null],
  ['/notes?x', '/notes', null],
  ['/notesome/api', '/notes', null],
  ['/api/rooms', '/notes', null],
  ['/no%74es/api', '/notes', null],
])('finds in %s, within "%s", %s', (target, basePath, rest) => {
  expect(withinBase(target, basePath)).toBe(rest);
});

/** What becomes of a request: the target that the pages get, or the answer. */
function fate(url: string, basePath: string): string {
  const request = { url } as IncomingMessage;
  let answer = '';
  const response = {
    writeHead(status: number, headers: Record<string, string>) {
      answer = `${status} ${headers['location'] ?? ''}`.trim();
      return { end: () => undefined };
    },
  } as unknown as ServerResponse;
  return leadToPages(request, response, basePath) ? (request.url ?? '') : answer;
}

it.each([
  ['/notes', '308 /notes/'],
  ['/notes?a=1?b', '308 /notes/?a=1?b'],
  ['/notes/', '/notes'],
  ['/notes/?a=1', '/notes?a=1'],
  ['/notes/r/token', '/notes/r/token'],
  ['/', '404'],
  ['/notesome', '404'],
  ['/r/token', '404'],
])('leads %s to %s', (url, to) => {
  expect(fate(url, '/notes')).toBe(to);
  expect(fate(url, '')).toBe(url);
});
