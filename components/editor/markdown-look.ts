import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, type EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { fences } from './markdown-fences.ts';
import { decorateChanged, decorateLines } from './markdown-line-decorations.ts';

/** How Markdown looks while it is written: heading marks hang in the margin, list marks step back, code stands on sunken ground. */
export function markdownLook(): Extension {
  return [fences, lines, marks];
}

/** Line shapes of what is on the screen. */
const lines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorateLines(view.state, view.visibleRanges);
    }

    update(update: ViewUpdate): void {
      const { searches } = update.startState.field(fences);
      if (update.viewportChanged || searches !== update.state.field(fences).searches) {
        this.decorations = decorateLines(update.state, update.view.visibleRanges);
      } else if (update.docChanged) {
        this.decorations = decorateChanged(this.decorations, update.changes, update.state, update.view.viewport);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Marks inside a line, as the parser finds them: emphasis signs, code in a line, addresses of links. */
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorateMarks(view.state, view.visibleRanges);
    }

    update(update: ViewUpdate): void {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || parsed) {
        this.decorations = decorateMarks(update.state, update.view.visibleRanges);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const QUIET = Decoration.mark({ class: 'md-mark' });
const CODE = Decoration.mark({ class: 'md-inline-code' });
const QUIET_NODES = new Set(['EmphasisMark', 'StrikethroughMark', 'LinkMark', 'CodeInfo', 'HorizontalRule', 'HTMLTag']);

function decorateMarks(state: EditorState, ranges: readonly { from: number; to: number }[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of ranges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        if (node.from === node.to) return;
        if (node.name === 'InlineCode') builder.add(node.from, node.to, CODE);
        else if (QUIET_NODES.has(node.name)) builder.add(node.from, node.to, QUIET);
        else if (node.name === 'CodeMark' && node.node.parent?.name === 'FencedCode')
          builder.add(node.from, node.to, QUIET);
      },
    });
  }
  return builder.finish();
}
