import { expect, it } from 'vitest';
import { decodeFile } from './decode-file.ts';

it.each<[string, number[], string | null]>([
  ['plain text', [0x68, 0x69], 'hi'],
  ['an empty file', [], ''],
  ['a byte-order mark', [0xef, 0xbb, 0xbf, 0x68], 'h'],
  ['line ends as they are', [0x61, 0x0d, 0x0a], 'a\r\n'],
  ['Latin-1', [0x63, 0x61, 0x66, 0xe9], null],
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00], null],
  ['UTF-16', [0xff, 0xfe, 0x68, 0x00], null],
  ['NULs', [0x61, 0x00, 0x62], null],
])('[page] decodes %s', (_name, bytes, wanted) => {
  expect(decodeFile(new Uint8Array(bytes))).toBe(wanted);
});
