import { describe, expect, it, vi } from 'vitest';
import { EncodedText } from './encoded-text.ts';
import { welcomePieces } from './frame.ts';

const WELCOME = {
  t: 'welcome',
  session: 's',
  epoch: 'e',
  rev: 3,
  role: 'edit',
  you: 1,
  title: '',
  language: '',
  last: null,
} as const;

describe('EncodedText', () => {
  it('reads the text once for each revision', () => {
    const encoded = new EncodedText();
    const read = vi.fn(() => 'a "b"\n😀\u0000');
    const first = encoded.at(3, read);
    expect(encoded.at(3, read)).toBe(first);
    expect(read).toHaveBeenCalledTimes(1);
    expect(JSON.parse(first.toString())).toBe('a "b"\n😀\u0000');
    expect(JSON.parse(encoded.at(4, () => 'later').toString())).toBe('later');
    // An older revision is not what was said last either.
    expect(JSON.parse(encoded.at(3, read).toString())).toBe('a "b"\n😀\u0000');
  });

  it('stands in a welcome like any other field', () => {
    const limits = { textUnits: 1 } as never;
    const pieces = welcomePieces(
      { ...WELCOME, limits },
      new EncodedText().at(3, () => ''),
    );
    expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual({ ...WELCOME, limits, text: '' });
  });
});
