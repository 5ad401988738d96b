import { EditorView } from '@codemirror/view';

/** The broad caret of Vim, in the colour of the own one. The package brings a red of its own. */
export const blockCaret = EditorView.theme({
  '&.cm-focused .cm-fat-cursor': { background: 'var(--accent) !important' },
  '&.cm-focused .cm-fat-cursor:not([style*="transparent"])': { color: 'var(--accent-ink) !important' },
  '&:not(.cm-focused) .cm-fat-cursor': { outline: '1px solid var(--accent) !important' },
});
