import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

/** Is this inside of a code block, where lists are only text? */
export function isInCode(state: EditorState, position: number): boolean {
  for (let node = syntaxTree(state).resolveInner(position, -1); ;) {
    if (node.name === 'FencedCode' || node.name === 'CodeBlock') return true;
    if (node.parent === null) return false;
    node = node.parent;
  }
}
