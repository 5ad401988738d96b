import type { EditorView } from '@codemirror/view';

/** Where something may stand beside a line, in px from the corner of the scrolled text. */
export interface MarginPlace {
  left: number;
  top: number;
  /** Free to the right of the column. */
  width: number;
}

/** From the column's edge, in px; as far as name tags have. */
const GAP_PX = 18;
/** For the rail and the scroll bar. */
const EDGE_PX = 26;

/** The right margin beside the line at `position`. Reads layout: call it in CodeMirror's measure phase only. */
export function marginAt(view: EditorView, position: number): MarginPlace {
  const scroller = view.scrollDOM.getBoundingClientRect();
  const line = view.contentDOM.querySelector('.cm-line');
  const padding = line === null ? 0 : Number.parseFloat(getComputedStyle(line).paddingRight) || 0;
  const right = view.contentDOM.getBoundingClientRect().right - padding - scroller.left;
  const left = right + view.scrollDOM.scrollLeft + GAP_PX;
  const at = Math.min(position, view.state.doc.length);
  // Lines far from the view have no coordinates of letters, but a place all the same.
  const top = view.coordsAtPos(at)?.top ?? view.documentTop + view.lineBlockAt(at).top;
  return {
    left,
    top: top - scroller.top + view.scrollDOM.scrollTop,
    width: view.scrollDOM.clientWidth - right - GAP_PX - EDGE_PX,
  };
}
