/** A file's text, and the encoding it was in if that was not UTF-8. */
export interface Decoded {
  text: string;
  /** As people call it: `windows-1252`, `UTF-16`. Null for UTF-8. */
  encoding: string | null;
}

/** More control characters than this, in a thousand, are in no text. */
const MOST_CONTROL = 5;
/** Control characters that texts do have: tabs, line and page ends, the colours of terminals. */
const USED = '\t\n\f\r\u001b\u0085';

/**
 * A file's text, ready for the room; null if it is not text. UTF-8 and UTF-16 are known by their form; for what is neither the
 * older encodings are weighed by the letters that they would give.
 */
export async function decodeFile(bytes: Uint8Array<ArrayBuffer>): Promise<Decoded | null> {
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    const text = decode(bytes, wide);
    return text !== null && isText(text) ? { text, encoding: 'UTF-16' } : null;
  }
  const text = decode(bytes, 'utf-8');
  // UTF-8 by accident: no text has a NUL.
  if (text !== null) return text.includes('\0') ? null : { text, encoding: null };
  if (bytes.includes(0)) return null;
  const { olderEncoding } = await import('./older-encoding.ts');
  const encoding = olderEncoding(bytes);
  const older = encoding === null ? null : decode(bytes, encoding);
  return encoding !== null && older !== null && isText(older) ? { text: older, encoding } : null;
}

/** UTF-16 by its byte-order mark, or, without one, by the zeros that plain letters have in every second place. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 4_096);
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null;
  let [even, odd] = [0, 0];
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const most = sample.length / 2;
  if (odd > most * 0.4 && even === 0) return 'utf-16le';
  return even > most * 0.4 && odd === 0 ? 'utf-16be' : null;
}

/** The byte-order mark is not part of the text; the decoder takes it off. Null if the bytes are not in this encoding. */
function decode(bytes: Uint8Array<ArrayBuffer>, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isText(text: string): boolean {
  const control = (text.match(/[\p{Cc}\uFFFE\uFFFF]/gu) ?? []).filter((letter) => !USED.includes(letter)).length;
  return !text.includes('\0') && control * 1_000 <= text.length * MOST_CONTROL;
}
