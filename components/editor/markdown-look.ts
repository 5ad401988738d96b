import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder, StateField, type EditorState, type Extension, type Text } from '@codemirror/state';
import { Decoration, type EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { hangingEm, lineClass, lineKind, lineMark, type Fence, type LineKind } from './markdown-lines.ts';

/** How Markdown looks while it is written: heading marks hang in the margin, list marks step back, code stands on sunken ground. */
export function markdownLook(): Extension {
  return [fences, lines, marks];
}

/**
 * The fence that each line begins in, for lines that begin in one. Lines outside of code, nearly all, take no space.
 * Kept from the document's start, because a line's shape must not wait for the parser: it would jump.
 */
const fences = StateField.define<readonly FenceSpan[]>({
  create: (state) => findFences(state.doc),
  update(spans, transaction) {
    if (!transaction.docChanged) return spans;
    if (!mayTouchFence(transaction.startState.doc, transaction.newDoc, transaction.changes)) {
      return spans.length === 0 ? spans : spans.map((span) => mapSpan(span, transaction.changes));
    }
    return findFences(transaction.newDoc);
  },
});

interface FenceSpan {
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

/** Line shapes of what is on the screen. */
const lines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorateLines(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = decorateLines(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const STRUCK = Decoration.mark({ class: 'md-struck' });

function decorateLines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const spans = view.state.field(fences);
  const { doc } = view.state;
  for (const range of view.visibleRanges) {
    for (let at = range.from; at <= range.to;) {
      const line = doc.lineAt(at);
      const kind = kindAt(line.from, line.to, line.text, spans);
      const name = lineClass(kind);
      const hanging = hangingEm(kind);
      if (name !== '') {
        builder.add(
          line.from,
          line.from,
          Decoration.line({ class: name, ...(hanging > 0 ? { attributes: { style: `--hang: ${hanging}em` } } : {}) }),
        );
      }
      const mark = lineMark(kind);
      if (mark !== null && mark.length > 0) {
        builder.add(line.from, line.from + mark.length, Decoration.mark({ class: mark.name }));
        if (kind.kind === 'task' && kind.done && line.from + mark.length < line.to) {
          builder.add(line.from + mark.length, line.to, STRUCK);
        }
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}

function kindAt(from: number, to: number, text: string, spans: readonly FenceSpan[]): LineKind {
  const span = spans.find((one) => one.from <= from && from <= one.to);
  if (span === undefined) return lineKind(text, null).line;
  if (from === span.from) return { kind: 'code', part: 'first' };
  return to >= span.to && lineKind(text, span.fence).fence === null
    ? { kind: 'code', part: 'last' }
    : { kind: 'code', part: 'inner' };
}

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
