import { expect, it } from 'vitest';
import { markChanges } from './change-marks.ts';

it('marks what was added and removed, with who did it, and joins neighbours to one place', () => {
  const { text, marks, places } = markChanges({
    authors: [
      { author: 1, name: 'Ann', color: 3 },
      { author: 2, name: '', color: 5 },
    ],
    segments: [
      { kind: 'same', text: 'Read ', author: 0, at: 0 },
      { kind: 'removed', text: 'this', author: 2, at: 1 },
      { kind: 'added', text: 'me', author: 1, at: 2 },
      { kind: 'same', text: '\n', author: 0, at: 0 },
      { kind: 'added', text: 'End', author: 1, at: 3 },
    ],
  });
  expect(text).toBe('Read thisme\nEnd');
  expect(places).toEqual([
    { from: 5, to: 11 },
    { from: 12, to: 15 },
  ]);
  const found: string[] = [];
  marks.between(0, text.length, (from, to, { spec }) => {
    const { tagName, class: name, attributes } = spec as Record<string, unknown> & { attributes: { title: string } };
    found.push(`${from}-${to} ${String(tagName)} ${String(name)} ${attributes.title.split(',')[0] ?? ''}`);
  });
  expect(found).toEqual([
    '5-9 del past-removed tandem-ink-5 Removed by Guest',
    '9-11 ins past-added tandem-ink-3 Added by Ann',
    '12-15 ins past-added tandem-ink-3 Added by Ann',
  ]);
});
