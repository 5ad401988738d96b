import { describe, expect, it } from 'vitest';
import { piecesOf } from './links.ts';

const links = (text: string) => piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('piecesOf', () => {
  it.each([
    ['Numbers are on https://example.org/status.', ['https://example.org/status']],
    ['(see http://example.org/a_(b))', ['http://example.org/a_(b)']],
    ['[https://example.org/?q=1&r=2#top]', ['https://example.org/?q=1&r=2#top']],
    ['Write to mailto:ann@example.org, or HTTPS://EXAMPLE.ORG!', ['mailto:ann@example.org', 'HTTPS://EXAMPLE.ORG']],
    ['https://grüße.example/straße', ['https://grüße.example/straße']],
    ['two: https://a.example https://b.example', ['https://a.example', 'https://b.example']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<b>',
    'JavaScript://example.org/%0aalert(1)',
    'ftp://example.org',
    'https://',
    'mailto:',
    'xhttps://a.example',
    'no address at all',
    '',
  ])('leaves %j alone', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('loses no letter', () => {
    for (const text of ['a https://b.example, c', 'https://b.example', '…https://b.example)…\nnext', 'https://.']) {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('an address that pretends to be another one shows where it leads', () => {
    const [piece] = piecesOf('https://a.example@evil.example/');
    expect(piece).toEqual({
      kind: 'link',
      text: 'https://a.example@evil.example/',
      href: 'https://a.example@evil.example/',
    });
  });
});
