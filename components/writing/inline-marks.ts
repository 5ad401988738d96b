import { syntaxTree } from '@codemirror/language';
import { EditorSelection, type ChangeSpec, type EditorState, type SelectionRange } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import { readMarks } from './list-lines.ts';

/** A kind of words inside a line: what stands on both sides of them, and what the parser calls it. */
export interface InlineMark {
  sign: string;
  node: string;
}

export const INLINE = {
  bold: { sign: '**', node: 'StrongEmphasis' },
  italic: { sign: '*', node: 'Emphasis' },
  strike: { sign: '~~', node: 'Strikethrough' },
  code: { sign: '`', node: 'InlineCode' },
} as const satisfies Record<string, InlineMark>;

/** The marked words around `range`, if all of it is marked so. */
export function markedAround(state: EditorState, range: SelectionRange, name: string): SyntaxNode | null {
  for (const side of [-1, 1] as const) {
    let node: SyntaxNode | null = syntaxTree(state).resolveInner(side === -1 ? range.from : range.to, side);
    for (; node !== null; node = node.parent) {
      if (node.name === name && node.from <= range.from && node.to >= range.to) return node;
    }
  }
  // `**words**` selected with its signs, and nothing else.
  const inside: SyntaxNode | null = range.empty ? null : syntaxTree(state).resolveInner(range.from, 1);
  for (let node = inside; node !== null; node = node.parent) {
    if (node.name === name && node.from === range.from && node.to === range.to) return node;
  }
  return null;
}

/**
 * Marks the words of every selection so, or takes the marks off if all of them have them. A caret alone stands for the word that
 * it is in; between words it gets a pair of signs around it. Lines are marked one by one, without what their marks are.
 */
export function toggleInline(
  state: EditorState,
  mark: InlineMark,
): { changes: ChangeSpec[]; selection: EditorSelection } {
  const remove = state.selection.ranges.every(
    (range) => markedAround(state, wordsOf(state, range), mark.node) !== null,
  );
  const changes: ChangeSpec[] = [];
  const seen = new Set<number>();
  const ranges = state.selection.ranges.map((range) => {
    const words = wordsOf(state, range);
    const around = markedAround(state, words, mark.node);
    if (remove && around !== null) {
      const signs = [around.firstChild, around.lastChild].filter((sign) => sign !== null);
      if (!seen.has(around.from)) changes.push(...signs.map(({ from, to }) => ({ from, to })));
      seen.add(around.from);
      return { range, at: 'mapped' as const };
    }
    if (around !== null) return { range, at: 'mapped' as const };
    const pieces = piecesOf(state, words);
    if (pieces.length === 0) {
      changes.push({ from: range.head, insert: mark.sign + mark.sign });
      return { range: EditorSelection.cursor(range.head), at: 'between' as const };
    }
    for (const { from, to } of pieces) {
      const sign = mark.sign === '`' ? ticksFor(state.sliceDoc(from, to)) : mark.sign;
      changes.push({ from, insert: sign }, { from: to, insert: sign });
    }
    return {
      range: range.empty ? range : EditorSelection.range(pieces[0]?.from ?? range.from, pieces.at(-1)?.to ?? range.to),
      at: 'inside' as const,
    };
  });
  const set = state.changes(changes);
  const selection = ranges.map(({ range, at }) => {
    if (at === 'between') return EditorSelection.cursor(set.mapPos(range.head, -1) + mark.sign.length);
    if (at === 'mapped' || range.empty)
      return EditorSelection.range(set.mapPos(range.anchor, 1), set.mapPos(range.head, 1));
    // The words stay selected, without their signs.
    return EditorSelection.range(set.mapPos(range.from, 1), set.mapPos(range.to, -1));
  });
  return { changes, selection: EditorSelection.create(selection, state.selection.mainIndex) };
}

/** The selection, or the word that the caret is in. */
function wordsOf(state: EditorState, range: SelectionRange): SelectionRange {
  return range.empty ? (state.wordAt(range.head) ?? range) : range;
}

/** The words of each line of a range, without its marks and without spaces at their ends. */
function piecesOf(state: EditorState, { from, to }: SelectionRange): { from: number; to: number }[] {
  const pieces = [];
  for (let at = from; at <= to;) {
    const line = state.doc.lineAt(at);
    const marks = readMarks(line.text)?.length ?? /^#{1,6}[ \t]+/.exec(line.text)?.[0].length ?? 0;
    const start = Math.max(from, line.from + marks);
    const text = state.sliceDoc(start, Math.min(to, line.to));
    const words = text.trim();
    if (start <= to && words !== '') {
      const begin = start + text.indexOf(words);
      pieces.push({ from: begin, to: begin + words.length });
    }
    at = line.to + 1;
  }
  return pieces;
}

/** One backtick more than the code has in a row. */
function ticksFor(code: string): string {
  const runs = code.match(/`+/g)?.map((run) => run.length) ?? [];
  let length = 1;
  while (runs.includes(length)) length += 1;
  return '`'.repeat(length);
}
