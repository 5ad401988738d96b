/** A piece of what somebody said: plain, or an address that can be pressed. */
export type Piece = { kind: 'plain'; text: string } | { kind: 'link'; text: string; href: string };

/** Only addresses that open a page or a letter; anything else stays text. */
const ADDRESS = /\b(?:https?:\/\/|mailto:)[^\s<>"]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,:;!?'’”»…]$/u;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** `text` cut at its addresses; joined, the pieces are `text` again. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const plain = (to: number) => {
    if (to > done) pieces.push({ kind: 'plain', text: text.slice(done, to) });
  };
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrail(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    plain(match.index);
    pieces.push({ kind: 'link', text: address, href });
    done = match.index + address.length;
  }
  plain(text.length);
  return pieces;
}

/** Without the full stop behind it, and without a bracket that was opened before it. */
function withoutTrail(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address.charAt(end - 1);
    const opener = PAIRS[last];
    const inside = address.slice(0, end - 1);
    const isSurplus = opener !== undefined && !isOpen(inside, opener, last);
    if (!isSurplus && !TRAILING.test(last)) return address.slice(0, end);
    end -= 1;
  }
}

function isOpen(text: string, opener: string, closer: string): boolean {
  return text.split(opener).length > text.split(closer).length;
}

/** Null if the browser would not read it as an address of these kinds. */
function hrefOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { href, protocol, host, pathname } = new URL(address);
  switch (protocol) {
    case 'http:':
    case 'https:':
      return host === '' ? null : href;
    case 'mailto:':
      return pathname === '' ? null : href;
    default:
      return null;
  }
}
