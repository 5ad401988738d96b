import { syntaxTree } from '@codemirror/language';
import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';

const FENCE = '```';

/** Makes a block of code of lines that are selected, or plain text of a block with the caret in it; null for code inside a line. */
export function toggleFence(state: EditorState): TransactionSpec | null {
  const { from, to } = state.selection.main;
  const block = fenceAround(state, from);
  if (block !== null) return withoutFence(state, block);
  const first = state.doc.lineAt(from);
  const last = state.doc.lineAt(to);
  const blank = first.number === last.number && first.text.trim() === '' && first.length > 0;
  if (first.number === last.number && !blank) return null;
  const inside = state.sliceDoc(first.from, last.to);
  let fence = FENCE;
  while (inside.includes(fence)) fence += '`';
  const changes = state.changes([
    { from: first.from, insert: `${fence}\n` },
    { from: last.to, insert: `\n${fence}` },
  ]);
  return {
    changes,
    selection: EditorSelection.range(changes.mapPos(from, 1), changes.mapPos(to, -1)),
    scrollIntoView: true,
    userEvent: 'input.format',
  };
}

function fenceAround(state: EditorState, position: number): { from: number; to: number } | null {
  for (let node = syntaxTree(state).resolveInner(position, 1); ;) {
    if (node.name === 'FencedCode') return { from: node.from, to: node.to };
    if (node.parent === null) return null;
    node = node.parent;
  }
}

function withoutFence(state: EditorState, block: { from: number; to: number }): TransactionSpec {
  const first = state.doc.lineAt(block.from);
  const last = state.doc.lineAt(block.to);
  const closed = last.number > first.number && /^\s*(`{3,}|~{3,})\s*$/.test(last.text);
  return {
    changes: [
      { from: first.from, to: Math.min(first.to + 1, state.doc.length) },
      ...(closed && last.from > first.to + 1 ? [{ from: last.from - 1, to: last.to }] : []),
      ...(closed && last.from === first.to + 1 ? [{ from: last.from, to: last.to }] : []),
    ],
    scrollIntoView: true,
    userEvent: 'input.format',
  };
}
