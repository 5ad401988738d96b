import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { createCounters } from '../counters.ts';
import { countAnswer } from './count-answer.ts';

it('counts a request while it is under way, and then its answer', () => {
  const counters = createCounters();
  const responses = [200, 204, 404, 503].map((statusCode) => Object.assign(new EventEmitter(), { statusCode }));
  // Of a response it needs no more.
  for (const response of responses) countAnswer(response as unknown as ServerResponse, counters);
  expect([counters.here.api, counters.answers['2xx']]).toEqual([4, 0]);
  for (const response of responses) response.emit('close');
  expect(counters.here.api).toBe(0);
  expect(counters.answers).toEqual({ '2xx': 2, '3xx': 0, '4xx': 1, '5xx': 1 });
});
