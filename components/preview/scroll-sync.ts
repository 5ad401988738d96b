import type { EditorView } from '@codemirror/view';
import type { BlockPage } from './block-page.ts';

/** What the person does with a side makes it the leader: the other one follows, whatever moves it. */
const GESTURES = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;

/** What comes near is laid out then, and higher or lower than was guessed: frames until it stands. */
const SETTLING = 3;

/**
 * Keeps editor and preview at the same lines, whichever of the two is scrolled. Only the side that was touched last leads, so
 * a scroll that we made ourselves, or that somebody else's typing made, moves nothing. Returns how to stop, and how to
 * follow again after the preview changed.
 */
export function syncScroll(
  view: EditorView,
  preview: HTMLElement,
  page: BlockPage,
): { follow: () => void; stop: () => void } {
  let leader: 'text' | 'preview' = 'text';
  let frame = 0;
  const lead = (side: typeof leader) => () => {
    leader = side;
  };
  const [textLeads, previewLeads] = [lead('text'), lead('preview')];
  const settle = (move: () => void, times: number) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      move();
      if (times > 1) settle(move, times - 1);
    });
  };
  const follow = () => {
    if (leader === 'text') settle(() => toPreview(view, preview, page), SETTLING);
  };
  const lookBack = () => {
    if (leader === 'preview') settle(() => toText(view, preview, page), SETTLING);
  };
  for (const gesture of GESTURES) {
    view.scrollDOM.addEventListener(gesture, textLeads, { passive: true });
    preview.addEventListener(gesture, previewLeads, { passive: true });
  }
  view.scrollDOM.addEventListener('scroll', follow, { passive: true });
  preview.addEventListener('scroll', lookBack, { passive: true });
  follow();
  return {
    follow,
    stop() {
      cancelAnimationFrame(frame);
      for (const gesture of GESTURES) {
        view.scrollDOM.removeEventListener(gesture, textLeads);
        preview.removeEventListener(gesture, previewLeads);
      }
      view.scrollDOM.removeEventListener('scroll', follow);
      preview.removeEventListener('scroll', lookBack);
    },
  };
}

/** The line, counted from 0 and with its fraction, at the top of the editor's window. */
function topLine(view: EditorView): number {
  const height = view.scrollDOM.scrollTop - view.documentPadding.top;
  if (height <= 0) return 0;
  const row = view.lineBlockAtHeight(height);
  const line = view.state.doc.lineAt(row.from).number - 1;
  return line + Math.min(1, Math.max(0, (height - row.top) / Math.max(1, row.height)));
}

function toPreview(view: EditorView, preview: HTMLElement, page: BlockPage): void {
  const places = page.places().filter(({ lines }) => lines > 0);
  const line = topLine(view);
  // Both ends meet, however different the two are in height.
  if (line === 0) return void (preview.scrollTop = 0);
  if (atEnd(view.scrollDOM)) return void (preview.scrollTop = preview.scrollHeight);
  const index = places.findLastIndex(({ from }) => from <= line);
  const place = places[index];
  if (place === undefined) return;
  const top = topOf(place.element, preview);
  const next = places[index + 1];
  const [until, bottom] =
    next === undefined
      ? [place.from + place.lines, top + place.element.offsetHeight]
      : [next.from, topOf(next.element, preview)];
  const part = Math.min(1, (line - place.from) / Math.max(1, until - place.from));
  preview.scrollTop = top + part * (bottom - top);
}

function toText(view: EditorView, preview: HTMLElement, page: BlockPage): void {
  if (preview.scrollTop <= 0) return void (view.scrollDOM.scrollTop = 0);
  if (atEnd(preview)) return void (view.scrollDOM.scrollTop = view.scrollDOM.scrollHeight);
  const places = page.places().filter(({ lines }) => lines > 0);
  const index = lastAbove(places.length, (at) => topOf(places[at]?.element, preview) <= preview.scrollTop);
  const place = places[index];
  if (place === undefined) return;
  const top = topOf(place.element, preview);
  const next = places[index + 1];
  const until = next?.from ?? place.from + place.lines;
  const bottom = next === undefined ? top + place.element.offsetHeight : topOf(next.element, preview);
  const part = Math.min(1, (preview.scrollTop - top) / Math.max(1, bottom - top));
  const line = place.from + part * (until - place.from);
  const number = Math.min(view.state.doc.lines, Math.floor(line) + 1);
  const row = view.lineBlockAt(view.state.doc.line(number).from);
  view.scrollDOM.scrollTop = row.top + (line - Math.floor(line)) * row.height + view.documentPadding.top;
}

/** How far a block is from the beginning of what scrolls, in CSS pixels. */
function topOf(element: HTMLElement | undefined, preview: HTMLElement): number {
  if (element === undefined) return 0;
  return element.getBoundingClientRect().top - preview.getBoundingClientRect().top + preview.scrollTop;
}

function atEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollHeight > clientHeight && scrollTop + clientHeight >= scrollHeight - 2;
}

/** The last of `count` things, in order, for which `above` holds; −1 if none. */
function lastAbove(count: number, above: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
