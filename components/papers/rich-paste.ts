import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Clipboard } from './clipboard.ts';

/** Longer HTML comes in as its plain words, in UTF-16 units: reading it would make the page stall. */
const MOST_HTML = 2_000_000;

/**
 * Pasted pages, documents and tables become Markdown. Their code is fetched with the first; what it cannot read comes in as
 * plain text, and so does everything that is pasted into code or with Ctrl Shift V, for which browsers give no HTML.
 */
export function richPaste(): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const data = event.clipboardData;
      if (data === null || view.state.readOnly || data.files.length > 0) return false;
      const board: Clipboard = {
        html: data.getData('text/html'),
        plain: data.getData('text/plain'),
        code: data.getData('vscode-editor-data'),
      };
      if (board.html === '' || board.html.length > MOST_HTML || isInCode(view.state)) return false;
      event.preventDefault();
      import('./paste-markdown.ts').then(
        ({ pasteMarkdown }) => pasteMarkdown(view, board),
        () => view.dispatch(view.state.replaceSelection(board.plain), { userEvent: 'input.paste' }),
      );
      return true;
    },
  });
}

function isInCode(state: EditorState): boolean {
  for (let node = syntaxTree(state).resolveInner(state.selection.main.head, -1); ;) {
    if (/Code/.test(node.name)) return true;
    if (node.parent === null) return false;
    node = node.parent;
  }
}
