import type { EditorView } from '@codemirror/view';
import type { RemoteCaret } from '../../lib/client/index.ts';

/** Where a name tag may stand without covering letters; px from the caret's own corner. */
export type TagPlace =
  { kind: 'end' } | { kind: 'margin'; left: number; top: number } | { kind: 'above' } | { kind: 'none' };

/** One caret, measured in px from the corner of the scrolled text. */
export interface PlacedCaret {
  caret: RemoteCaret;
  left: number;
  top: number;
  height: number;
  tag: TagPlace;
}

/** About how wide a tag is, in px: 12 px letters average under 7, and its own padding. Errs on the wide side. */
const LETTER_PX = 7.2;
const TAG_PADDING_PX = 14;
const TAG_GAP_PX = 6;
/** A tag is 18 px high; stacked ones keep 2 px apart. */
const STACK_PX = 20;
/** At the end edge stand the ticks of PresenceRail: 10 px, 6 px from the edge. */
const RAIL_PX = 18;
/** From the column's edge to a tag in the margin. */
const MARGIN_PX = 18;

/**
 * Measures each caret's head and finds its tag a place: after the line's end, else in the right margin (stacked where
 * two would meet), else, where there is no margin, above the line if that space is empty; else the cap alone speaks.
 * Reads layout: call it in CodeMirror's measure phase only.
 */
export function placeTags(view: EditorView, carets: readonly RemoteCaret[]): PlacedCaret[] {
  const scroller = view.scrollDOM.getBoundingClientRect();
  const baseLeft = scroller.left - view.scrollDOM.scrollLeft;
  const baseTop = scroller.top - view.scrollDOM.scrollTop;
  const right = columnEnd(view) - baseLeft;
  const viewEnd = view.scrollDOM.clientWidth - RAIL_PX;
  /** Tops of what stands in the margin and at line ends already. */
  const inMargin: number[] = [];
  const atEnds: number[] = [];
  const placed: PlacedCaret[] = [];
  for (const caret of carets) {
    for (const [index, range] of caret.ranges.entries()) {
      const head = range[1];
      if (head < view.viewport.from || head > view.viewport.to) continue;
      const line = view.state.doc.lineAt(head);
      const at = view.coordsAtPos(head, head < line.to ? 1 : -1);
      if (at === null) continue;
      const left = at.left - baseLeft;
      const top = at.top - baseTop;
      const height = at.bottom - at.top;
      const width = caret.name.length * LETTER_PX + TAG_PADDING_PX;
      const main = index === caret.ranges.length - 1;
      let tag: TagPlace = { kind: 'none' };
      const taken = (tops: readonly number[]) => tops.some((one) => Math.abs(one - top) < STACK_PX);
      if (!main) tag = { kind: 'none' };
      else if (head === line.to && !taken(atEnds) && left + TAG_GAP_PX + width <= viewEnd) {
        tag = { kind: 'end' };
        atEnds.push(top);
      } else if (right + MARGIN_PX + width <= viewEnd) {
        let tagTop = top + (height - 18) / 2;
        while (inMargin.some((one) => Math.abs(one - tagTop) < STACK_PX)) tagTop += STACK_PX;
        inMargin.push(tagTop);
        tag = { kind: 'margin', left: right + MARGIN_PX - left, top: tagTop - top };
      } else if (isEmptyAbove(view, head, left + baseLeft)) {
        tag = { kind: 'above' };
      }
      placed.push({ caret, left, top, height, tag });
    }
  }
  return placed;
}

/** The right edge of the text column on the screen. */
function columnEnd(view: EditorView): number {
  const line = view.contentDOM.querySelector('.cm-line');
  const padding = line === null ? 0 : Number.parseFloat(getComputedStyle(line).paddingInlineEnd);
  return view.contentDOM.getBoundingClientRect().right - (Number.isNaN(padding) ? 0 : padding);
}

/** Is there nothing to read above the caret at `head`, from `x` on? */
function isEmptyAbove(view: EditorView, head: number, x: number): boolean {
  const line = view.state.doc.lineAt(head);
  const start = view.coordsAtPos(line.from, 1);
  const here = view.coordsAtPos(head, head < line.to ? 1 : -1);
  if (start === null || here === null || here.top > start.top + 2) return false;
  if (line.number === 1) return true;
  const above = view.state.doc.line(line.number - 1);
  if (above.from < view.viewport.from) return false;
  const end = view.coordsAtPos(above.to, -1);
  return end !== null && end.right + TAG_GAP_PX < x;
}
