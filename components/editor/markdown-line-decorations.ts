import type { ChangeSet, EditorState, Line, Range } from '@codemirror/state';
import { Decoration, type DecorationSet } from '@codemirror/view';
import { fences, spanAt, type FenceSpan } from './markdown-fences.ts';
import { hangingEm, lineClass, lineKind, lineMark, type LineKind } from './markdown-lines.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

const STRUCK = Decoration.mark({ class: 'md-struck' });

/** The shapes of the lines in `ranges`. The state has the field `fences`. */
export function decorateLines(state: EditorState, ranges: readonly Span[]): DecorationSet {
  return Decoration.set(ranges.flatMap(({ from, to }) => decorationsFrom(state, from, to)));
}

/**
 * The same as anew, for the price of the lines that changed: `decorations` of the text before `changes`, as far as `viewport`
 * goes in `state`, which is after them. Not if fences were looked for meanwhile.
 */
export function decorateChanged(
  decorations: DecorationSet,
  changes: ChangeSet,
  state: EditorState,
  { from, to }: Span,
): DecorationSet {
  let changed = decorations.map(changes);
  changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    if (toB < from || fromB > to) return;
    const filterFrom = state.doc.lineAt(Math.max(from, fromB)).from;
    const filterTo = state.doc.lineAt(Math.min(to, toB)).to;
    const add = decorationsFrom(state, filterFrom, filterTo);
    changed = changed.update({ filterFrom, filterTo, filter: () => false, add });
  });
  return changed;
}

/** Of the lines from `from` to `to`, in order. */
function decorationsFrom(state: EditorState, from: number, to: number): Range<Decoration>[] {
  const { spans } = state.field(fences);
  const found: Range<Decoration>[] = [];
  for (let at = from; at <= to;) {
    const line = state.doc.lineAt(at);
    found.push(...decorationsOf(line, kindAt(line.from, line.to, line.text, spans)));
    at = line.to + 1;
  }
  return found;
}

function decorationsOf(line: Line, kind: LineKind): Range<Decoration>[] {
  const name = lineClass(kind);
  const hanging = hangingEm(kind);
  const found: Range<Decoration>[] = [];
  if (name !== '') {
    const attributes = hanging > 0 ? { attributes: { style: `--hang: ${hanging}em` } } : {};
    found.push(Decoration.line({ class: name, ...attributes }).range(line.from));
  }
  const mark = lineMark(kind);
  if (mark === null || mark.length === 0) return found;
  found.push(Decoration.mark({ class: mark.name }).range(line.from, line.from + mark.length));
  if (kind.kind === 'task' && kind.done && line.from + mark.length < line.to) {
    found.push(STRUCK.range(line.from + mark.length, line.to));
  }
  return found;
}

function kindAt(from: number, to: number, text: string, spans: readonly FenceSpan[]): LineKind {
  const span = spanAt(from, spans);
  if (span === undefined) return lineKind(text, null).line;
  if (from === span.from) return { kind: 'code', part: 'first' };
  return to >= span.to && lineKind(text, span.fence).fence === null
    ? { kind: 'code', part: 'last' }
    : { kind: 'code', part: 'inner' };
}
