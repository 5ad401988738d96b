import { describe, expect, it } from 'vitest';
import type { SavedRoom } from './journal.ts';
import { lastKnown, readKept } from './read-kept.ts';

const record: SavedRoom = {
  v: 1,
  client: 'c'.repeat(22),
  token: 't'.repeat(22),
  create: null,
  title: 'Notes',
  language: 'Markdown',
  wanted: null,
  role: 'edit',
  epoch: 'e',
  rev: 7,
  seq: 3,
  delta: [4, ' new'],
  outstanding: { seq: 3, op: [8, '!'], sent: { rev: 6, op: [4, '!'] } },
  buffer: [9, '?'],
};

describe('what the journal gives back', () => {
  it('is taken if its ops fit its text', () => {
    expect(readKept(record, 'text')).toEqual({ record, base: 'text' });
    expect(readKept({ ...record, outstanding: null, buffer: null }, 'text')).not.toBeNull();
  });

  it('takes ops of any number of parts, for offline edits are composed without bound', () => {
    const buffer = Array.from({ length: 30_000 }, (_, index) => (index % 2 === 0 ? 1 : 'x'));
    expect(readKept({ ...record, delta: [], outstanding: null, buffer }, 'y'.repeat(20_000))).not.toBeNull();
  });

  it.each<[string, unknown, unknown]>([
    ['no record', undefined, 'text'],
    ['no text', record, undefined],
    ['a later version', { ...record, v: 2 }, 'text'],
    ['a delta that does not fit', record, 'tex'],
    ['a buffer that does not fit', { ...record, buffer: [11, 'x'] }, 'text'],
    [
      'an outstanding edit that does not fit',
      { ...record, outstanding: { seq: 3, op: [9, '!'], sent: { rev: 6, op: ['!'] } } },
      'text',
    ],
    ['no op where one has to be', { ...record, buffer: [0] }, 'text'],
    ['a boundary inside a pair', { ...record, delta: [1, 'x'], outstanding: null, buffer: null }, '\u{1f600}'],
    ['no number where one has to be', { ...record, rev: '7' }, 'text'],
    ['an unknown role', { ...record, role: 'king' }, 'text'],
  ])('is not taken with %s', (_, damaged, base) => {
    expect(readKept(damaged, base)).toBeNull();
  });
});

it('[P3] what another page may show of it is what the server had confirmed, never what waits', () => {
  const kept = { record, base: 'text' };
  expect(lastKnown(kept)).toEqual({
    text: 'text new',
    rev: 7,
    epoch: 'e',
    title: 'Notes',
    language: 'Markdown',
    role: 'edit',
  });
  expect(lastKnown({ ...kept, record: { ...record, epoch: null, rev: 0 } })).toBeNull();
});
