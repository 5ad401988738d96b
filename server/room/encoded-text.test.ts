import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { EncodedText } from './encoded-text.ts';
import { welcomePieces } from './frame.ts';

setFlagsFromString('--expose-gc');
/** Collects all garbage. */
const gc = runInNewContext('gc') as () => void;

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

  it('is held for as long as it is wanted, whatever garbage is collected, and not for long afterwards', async () => {
    const encoded = new EncodedText();
    const read = vi.fn(() => 'a text');
    const collect = async (): Promise<void> => {
      // What a WeakRef was asked for stays until the end of the turn.
      await new Promise((resolve) => setImmediate(resolve));
      gc();
    };
    encoded.at(3, read);
    encoded.tick();
    await collect();
    encoded.at(3, read);
    expect(read).toHaveBeenCalledTimes(1);
    encoded.tick();
    encoded.tick();
    await collect();
    encoded.at(3, read);
    expect(read).toHaveBeenCalledTimes(2);
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
