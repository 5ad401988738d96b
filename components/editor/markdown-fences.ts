import { StateField, type Text } from '@codemirror/state';
import { lineKind, type Fence } from './markdown-lines.ts';

/**
 * The fence that each line begins in, for lines that begin in one. Lines outside of code, nearly all, take no space.
 * Kept from the document's start, because a line's shape must not wait for the parser: it would jump.
 */
export const fences = StateField.define<Fences>({
  create: (state) => ({ spans: findFences(state.doc), searches: 1 }),
  update(value, transaction) {
    if (!transaction.docChanged) return value;
    const { spans, searches } = value;
    if (!mayTouchFence(transaction.startState.doc, transaction.newDoc, transaction.changes)) {
      return spans.length === 0 ? value : { spans: spans.map((span) => mapSpan(span, transaction.changes)), searches };
    }
    return { spans: findFences(transaction.newDoc), searches: searches + 1 };
  },
});

export interface Fences {
  /** In the order of the text. */
  spans: readonly FenceSpan[];
  /** How often they were looked for; in between they only moved with the text. */
  searches: number;
}

export interface FenceSpan {
  /** Start of the opening line and end of the closing one (or of the text). */
  from: number;
  to: number;
  fence: NonNullable<Fence>;
}

function findFences(doc: Text): FenceSpan[] {
  const spans: FenceSpan[] = [];
  let fence: Fence = null;
  let from = 0;
  let at = 0;
  for (const text of doc.iterLines()) {
    // Only lines with a run of fence characters can begin or end one; the rest need no reading.
    if (text.includes('```') || text.includes('~~~')) {
      const next: Fence = lineKind(text, fence).fence;
      if (fence === null && next !== null) from = at;
      if (fence !== null && next === null) spans.push({ from, to: at + text.length, fence });
      fence = next;
    }
    at += text.length + 1;
  }
  if (fence !== null) spans.push({ from, to: doc.length, fence });
  return spans;
}

type Changes = { iterChangedRanges: (each: (fromA: number, toA: number, fromB: number, toB: number) => void) => void };

/** Is there, before or after, a line with fence characters among those that the change touches? */
function mayTouchFence(before: Text, after: Text, changes: Changes): boolean {
  let found = false;
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    found ||= hasFence(before, fromA, toA) || hasFence(after, fromB, toB);
  });
  return found;
}

function hasFence(doc: Text, from: number, to: number): boolean {
  const text = doc.sliceString(doc.lineAt(from).from, doc.lineAt(to).to);
  return text.includes('```') || text.includes('~~~');
}

function mapSpan(span: FenceSpan, changes: { mapPos: (at: number, side: -1 | 1) => number }): FenceSpan {
  return { ...span, from: changes.mapPos(span.from, 1), to: changes.mapPos(span.to, 1) };
}

/** The last one that begins before `position` or there, if it goes on until there. */
export function spanAt(position: number, spans: readonly FenceSpan[]): FenceSpan | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  const span = spans[low - 1];
  return span !== undefined && position <= span.to ? span : undefined;
}
