import { describe, expect, it } from 'vitest';
import { judge, verdictOf, type Measurements } from './judge.ts';
import { reportOf } from './report.ts';

const fine: Measurements = {
  pages: {
    kind: 'measured',
    roundTrip: 12,
    clockAhead: 40,
    spread: 450,
    sentSpread: 450,
    base: 'https://pad.example/notes',
  },
  sockets: { kind: 'measured', opened: 20, roundTrip: 9 },
  keeping: { journal: true, free: 5e9, persisted: true, secure: true },
  online: true,
  here: 'https://pad.example/notes',
};

const stateOf = (change: Partial<Measurements>, id: string) =>
  judge({ ...fine, ...change }).find((finding) => finding.id === id)?.state;

describe('what the measurements mean', () => {
  it('is good where everything gets through', () => {
    const findings = judge(fine);
    expect(findings.map(({ state }) => state)).toEqual(findings.map(() => 'good'));
    expect(verdictOf(findings)).toBe('good');
  });

  it('names a proxy that passes no upgrade on, one that is silent, and puts it first', () => {
    const refused = judge({ ...fine, sockets: { kind: 'failed', why: '1006' } });
    expect(refused[0]).toMatchObject({
      id: 'sockets',
      state: 'bad',
      words: expect.stringContaining('upgrade') as string,
    });
    const silent = judge({ ...fine, sockets: { kind: 'failed', why: 'silent' } });
    expect(silent[0]?.words).toContain('holds its messages back');
    expect(verdictOf(silent)).toBe('bad');
  });

  it('sees answers that are held back, a wrong address, a wrong clock and a slow way', () => {
    const pages = (change: object) => ({ pages: { ...fine.pages, ...change } as Measurements['pages'] });
    expect(stateOf(pages({ spread: 3 }), 'buffering')).toBe('warn');
    expect(stateOf(pages({ base: 'http://10.0.0.4:3000' }), 'address')).toBe('bad');
    expect(stateOf(pages({ clockAhead: -120_000 }), 'clock')).toBe('warn');
    expect(stateOf(pages({ roundTrip: 900 }), 'pages')).toBe('warn');
  });

  it('tells a server that does not answer from a browser without a network', () => {
    const pages = { kind: 'failed', why: 'Failed to fetch' } as const;
    expect(judge({ ...fine, pages })[0]?.words).toContain('Failed to fetch');
    expect(judge({ ...fine, pages, online: false })[0]?.words).toContain('offline');
  });

  it('says what this device does not keep', () => {
    expect(stateOf({ keeping: { ...fine.keeping, journal: false } }, 'journal')).toBe('bad');
    expect(stateOf({ keeping: { ...fine.keeping, free: 1_000 } }, 'space')).toBe('warn');
    expect(stateOf({ keeping: { ...fine.keeping, secure: false } }, 'secure')).toBe('warn');
  });
});

it('a report has every finding, the figures, when and where', () => {
  const findings = judge(fine);
  const report = reportOf(findings, fine, { userAgent: 'Firefox', at: new Date('2026-11-27T12:00:00Z') });
  for (const { words } of findings) expect(report).toContain(words);
  expect(report).toContain('2026-11-27T12:00:00.000Z · Firefox');
  expect(report).toContain('socket   kind=measured opened=20 roundTrip=9');
});
