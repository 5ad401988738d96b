import { expect, it } from 'vitest';
import { decodeFile } from './decode-file.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const wide = (text: string, little: boolean) =>
  Array.from(text).flatMap((letter) => {
    const code = letter.charCodeAt(0);
    return little ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff];
  });
/** One byte for each letter: those of ISO-8859-1 have the number of the letter. */
const latin = (text: string) => Array.from(text).map((letter) => letter.charCodeAt(0));

it.each<[string, number[], string | null, string | null]>([
  ['plain text', utf8('hi'), 'hi', null],
  ['an empty file', [], '', null],
  ['a byte-order mark', [0xef, 0xbb, 0xbf, 0x68], 'h', null],
  ['line ends as they are', utf8('a\r\n'), 'a\r\n', null],
  ['UTF-8', utf8('Grüße, 👋 мир'), 'Grüße, 👋 мир', null],
  ['UTF-16 with a mark', [0xff, 0xfe, ...wide('Grüße', true)], 'Grüße', 'UTF-16'],
  ['UTF-16 the other way round', [0xfe, 0xff, ...wide('Grüße', false)], 'Grüße', 'UTF-16'],
  ['UTF-16 without a mark', wide('Plain letters of a text', true), 'Plain letters of a text', 'UTF-16'],
  ['one accent', latin('café'), 'café', 'windows-1252'],
  [
    'German',
    latin('Die Straße führt über die Brücke, und die Gäste hören schöne Töne.'),
    'Die Straße führt über die Brücke, und die Gäste hören schöne Töne.',
    'windows-1252',
  ],
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00], null, null],
  ['another picture', [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x80], null, null],
  ['bytes without sense', Array.from({ length: 400 }, (_, index) => ((index * 7919) % 255) + 1), null, null],
  ['NULs', [0x61, 0x00, 0x62], null, null],
])('[page] decodes %s', async (_name, bytes, text, encoding) => {
  expect(await decodeFile(new Uint8Array(bytes))).toEqual(text === null ? null : { text, encoding });
});

it('[page] decodes what Russians and Japanese wrote before UTF-8', async () => {
  // "Привет, мир! Это обычный русский текст." in windows-1251, "これは日本語のテキストです。" in Shift_JIS.
  const cyrillic = Array.from('Привет, мир! Это обычный русский текст, который был написан давно.').map((letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : code - 0x410 + 0xc0;
  });
  expect(await decodeFile(new Uint8Array(cyrillic))).toEqual({
    text: 'Привет, мир! Это обычный русский текст, который был написан давно.',
    encoding: 'windows-1251',
  });
  const japanese = '82b182ea82cd93fa967b8cea82cc8365834c8358836782c582b78142'.match(/../g) ?? [];
  expect(await decodeFile(new Uint8Array(japanese.map((hex) => parseInt(hex, 16))))).toEqual({
    text: 'これは日本語のテキストです。',
    encoding: 'shift_jis',
  });
});
