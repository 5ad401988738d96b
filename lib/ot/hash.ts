const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * FNV-1a, 32 bits, over the UTF-16 units of a text (given whole or in chunks), low byte first: 8 hex digits. It finds
 * accidents, not malice. Constants: Fowler, Noll and Vo's definition (RFC 9923).
 */
export function fnv1a(chunks: Iterable<string> | string): string {
  const hash = new Fnv1a();
  if (typeof chunks === 'string') hash.add(chunks);
  else for (const chunk of chunks) hash.add(chunk);
  return hash.digits();
}

/** `fnv1a` for whoever does not take all chunks at once. */
export class Fnv1a {
  #hash = OFFSET_BASIS;

  add(chunk: string): void {
    this.#hash = addUnits(this.#hash, chunk);
  }

  digits(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }
}

function addUnits(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), PRIME);
    hash = Math.imul(hash ^ (unit >> 8), PRIME);
  }
  return hash;
}
