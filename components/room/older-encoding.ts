import { analyse } from 'chardet';

/** As much of a file is looked at, in bytes. */
const SAMPLE = 64 * 1024;
/** Surer than this of another one, of 100, and it is not the usual one. */
const SURE = 35;
/** What Western Windows wrote; ISO-8859-1 is a part of it, and browsers take the one for the other. */
const USUAL = 'windows-1252';

/** The encoding of text that is neither UTF-8 nor UTF-16, by a name that `TextDecoder` knows; null if there is none. */
export function olderEncoding(bytes: Uint8Array): string | null {
  const found = analyse(bytes.subarray(0, SAMPLE)).filter(({ name }) => !/^(UTF|ASCII)/.test(name));
  const best = found.find(({ confidence, name }) => confidence >= SURE && isKnown(name));
  if (best === undefined) return USUAL;
  // The bytes between 0x80 and 0x9f are controls in ISO-8859-1, and letters and quotes in windows-1252.
  return /^ISO-8859-1$/i.test(best.name) ? USUAL : best.name.toLowerCase();
}

function isKnown(name: string): boolean {
  try {
    return new TextDecoder(name) instanceof TextDecoder;
  } catch {
    return false;
  }
}
