import { expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { countEnd, createCounters, reportCounters } from './counters.ts';
import { createLog } from './log.ts';

it('writes the counters once a minute, until stopped', () => {
  const clock = new ManualClock();
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const counters = createCounters();
  const stop = reportCounters(counters, () => ({ sockets: 3 }), clock, log);
  counters.joins += 2;
  countEnd(counters, 'bad-op');
  countEnd(counters, 'bad-op');
  clock.advance(59_999);
  expect(lines).toEqual([]);
  clock.advance(1);
  expect(lines).toMatchObject([{ level: 'info', msg: 'counters', sockets: 3, joins: 2, ended: { 'bad-op': 2 } }]);
  clock.advance(60_000);
  expect(lines).toHaveLength(2);
  stop();
  clock.advance(600_000);
  expect(lines).toHaveLength(2);
  expect(clock.pending).toBe(0);
});
