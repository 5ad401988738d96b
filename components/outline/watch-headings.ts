import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import { headingsOf, type Heading } from './headings.ts';

/** Reading them reads the whole text, so it waits until nobody has typed for this long, in ms. */
const READ_MS = 150;

export interface Seen {
  headings: readonly Heading[];
  /** Under which of them one is: an index; -1 before the first. */
  current: number;
}

/**
 * Tells `onSeen` of the headings, at once and after each change of text, caret or sight that makes a difference. One is
 * where the caret is while it is in sight, else at the top of what is in sight.
 */
export function watchHeadings(onSeen: (seen: Seen) => void): Extension {
  return ViewPlugin.define(
    (view) => {
      let headings = headingsOf(view.state.doc.iterLines());
      let current = -1;
      let timer: ReturnType<typeof setTimeout> | null = null;
      let isNew = true;
      // Measured after the update that asks: until then the page's layout is not known.
      const request = {
        read: placeOf,
        write: (place: number) => {
          const next = lastBefore(headings, place);
          if (next === current && !isNew) return;
          isNew = false;
          current = next;
          onSeen({ headings, current });
        },
      };
      const look = () => view.requestMeasure(request);
      look();
      return {
        update(update: ViewUpdate) {
          if (update.docChanged) {
            headings = headings.map((one) => ({ ...one, from: update.changes.mapPos(one.from, 1) }));
            if (timer !== null) clearTimeout(timer);
            timer = setTimeout(() => {
              timer = null;
              headings = headingsOf(view.state.doc.iterLines());
              isNew = true;
              look();
            }, READ_MS);
          } else if (update.selectionSet || update.geometryChanged) look();
        },
        scrolled: look,
        destroy() {
          if (timer !== null) clearTimeout(timer);
        },
      };
    },
    {
      eventObservers: {
        scroll() {
          this.scrolled();
        },
      },
    },
  );
}

/** Where one is in the text. */
function placeOf(view: EditorView): number {
  const { head } = view.state.selection.main;
  const { top, bottom } = view.scrollDOM.getBoundingClientRect();
  const caret = view.lineBlockAt(head);
  const caretTop = view.documentTop + caret.top;
  if (caretTop + caret.height > top && caretTop < bottom) return head;
  return view.lineBlockAtHeight(top - view.documentTop).from;
}

/** Index of the last heading at or before the position; -1 if there is none. */
function lastBefore(headings: readonly Heading[], position: number): number {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const heading = headings[middle];
    if (heading !== undefined && heading.from <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
