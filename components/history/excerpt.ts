import type { Segment } from './history-types.ts';

/** A piece of a comparison to be shown, or so many units that are left out. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'gap'; length: number };

/** Unchanged text kept on either side of a change, in UTF-16 units: about a line. */
const CONTEXT = 60;

/** What changed with a little around it; at most `most` units, then a gap. */
export function excerpt(segments: readonly Segment[], most: number): Piece[] {
  const pieces: Piece[] = [];
  let left = most;
  let dropped = 0;
  for (const [index, { kind, text }] of segments.entries()) {
    const shown: Piece[] = kind === 'same' ? shorten(text, index > 0, index < segments.length - 1) : [{ kind, text }];
    for (const piece of shown) {
      if (piece.kind === 'gap') {
        if (left > 0) pieces.push(piece);
        else dropped += piece.length;
        continue;
      }
      const fits = whole(piece.text, Math.max(0, left));
      if (fits !== '') pieces.push({ kind: piece.kind, text: fits });
      dropped += piece.text.length - fits.length;
      left -= piece.text.length;
    }
  }
  if (dropped > 0) pieces.push({ kind: 'gap', length: dropped });
  return pieces;
}

/** The ends of an unchanged text that touch a change. */
function shorten(text: string, before: boolean, after: boolean): Piece[] {
  const head = before ? whole(text, CONTEXT) : '';
  const tail = after ? text.slice(whole(text, text.length - CONTEXT).length) : '';
  if (text.length <= head.length + tail.length) return [{ kind: 'same', text }];
  const pieces: Piece[] = [];
  if (head !== '') pieces.push({ kind: 'same', text: head });
  pieces.push({ kind: 'gap', length: text.length - head.length - tail.length });
  if (tail !== '') pieces.push({ kind: 'same', text: tail });
  return pieces;
}

/** The first `length` units, or one less where that would halve a surrogate pair. */
function whole(text: string, length: number): string {
  const code = length > 0 && length < text.length ? text.charCodeAt(length - 1) : 0;
  return text.slice(0, Math.max(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length));
}
