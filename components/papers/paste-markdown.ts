import { EditorSelection, type EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { copiedCode } from './copied-code.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import type { Clipboard } from './clipboard.ts';

/** Puts what was on the clipboard at the caret, as Markdown: one step for undo. */
export function pasteMarkdown(view: EditorView, board: Clipboard): void {
  const text = markdownOf(board);
  const { state } = view;
  view.dispatch(
    state.changeByRange(({ from, to }) => {
      const insert = spaced(state, from, to, text);
      return { changes: { from, to, insert }, range: EditorSelection.cursor(from + insert.length) };
    }),
    { userEvent: 'input.paste', scrollIntoView: true },
  );
}

/** What a clipboard means in a text of Markdown. */
export function markdownOf(board: Clipboard): string {
  const code = copiedCode(board);
  if (code !== null) return code;
  try {
    const { markdown, plain } = htmlToMarkdown(board.html);
    return (plain && board.plain !== '') || markdown === '' ? board.plain : markdown;
  } catch {
    // Nested beyond reason.
    return board.plain;
  }
}

/** Blocks need a line of their own, with a blank one before and behind. */
function spaced(state: EditorState, from: number, to: number, text: string): string {
  if (!/\n|^(#|- |\d+\. |> |\||```)/.test(text)) return text;
  const [first, last] = [state.doc.lineAt(from), state.doc.lineAt(to)];
  const before = state.sliceDoc(first.from, from).trim() === '' ? '' : '\n\n';
  const behind = state.sliceDoc(to, last.to).trim() === '' ? '' : '\n\n';
  return before + text + behind;
}
