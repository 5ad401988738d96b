import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

/** What a log that starts at `level` writes while `use` runs. */
function written(use: (log: ReturnType<typeof createLog>) => void, level: LogLevel = 'trace'): string[] {
  const lines: string[] = [];
  use(createLog(level, { write: (line: string) => void lines.push(line) }));
  return lines;
}

describe('the log', () => {
  const token = 'Zx81kQp0vLm3Nn7RtYw2aB';

  it('writes one line of JSON, with level, time, fields and words', () => {
    const lines = written((log) => log.info({ room: 'r', rev: 7 }, 'snapshot taken'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/) as unknown,
      room: 'r',
      rev: 7,
      msg: 'snapshot taken',
    });
  });

  it('names the node that wrote the line', () => {
    const lines: string[] = [];
    createLog('info', { write: (line: string) => void lines.push(line) }, 'north-1').info('ready');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ node: 'north-1', msg: 'ready' });
  });

  it('keeps to its level', () => {
    expect(written((log) => log.info('quiet'), 'warn')).toEqual([]);
    expect(written((log) => log.fatal('quiet'), 'silent')).toEqual([]);
  });

  it('[P10] lets no token through: a field, one below, two below, a list, an address', () => {
    const lines = written((log) => {
      log.info({ token }, 'a');
      log.info({ hello: { t: 'hello', token, create: { owner: token, view: token } } }, 'b');
      log.info({ request: { body: { token } } }, 'c');
      log.info({ links: [{ token, role: 'edit' }] }, 'd');
      log.info({ url: `/api/rooms/${token}/text?rev=3`, path: `/r/${token}` }, 'e');
      log.warn({ err: new Error(`nothing at /r/${token}`) }, 'f');
      log.warn({ error: Object.assign(new Error('bad'), { input: token }) }, 'g');
      log.warn(new Error(`nothing at /yjs/${token}`));
    });
    expect(lines).toHaveLength(8);
    expect(lines.join('')).not.toContain(token);
    expect(lines.join('')).toContain('/api/rooms/[hidden]/text?rev=3');
  });

  it('lets no document text and no password through', () => {
    const secret = 'my very own words';
    const lines = written((log) => {
      log.info({ text: secret, title: secret, password: secret, room: 'r' }, 'a');
      log.info({ message: { t: 'op', op: [5, secret] } }, 'b');
      log.info({ entry: { rev: 1, op: [secret] }, entries: { ops: [[secret]] } }, 'c');
    });
    expect(lines.join('')).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ text: '[hidden]', password: '[hidden]', room: 'r' });
  });

  it('shows where an error came from', () => {
    const [line = ''] = written((log) => log.error({ err: new RangeError('beyond the end') }, 'room given up'));
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'RangeError', message: 'beyond the end' } });
    expect(line).toContain('log.test.ts');
  });
});
