import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { remote } from '../editor/remote-annotation.ts';

/** Keys that scroll or move the caret: with them one reads on by oneself. */
const READING_KEYS: ReadonlySet<string> = new Set([
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
]);

/** Calls `moved` when the person at this screen types, moves the caret, or scrolls by wheel, touch, keys or the scroll bar. */
export function ownMovement(moved: () => void): Extension {
  return [
    EditorView.updateListener.of(({ transactions }) => {
      const isOwn = transactions.some(
        (one) =>
          (one.docChanged && one.annotation(remote) === undefined) ||
          (one.selection !== undefined && one.isUserEvent('select')),
      );
      if (isOwn) moved();
    }),
    EditorView.domEventObservers({
      wheel: moved,
      touchmove: moved,
      keydown: ({ key }) => {
        if (READING_KEYS.has(key)) moved();
      },
    }),
    // A press on the scroller that is none on the text is one on its scroll bar.
    EditorView.domEventObservers({
      pointerdown: ({ target }, view) => {
        if (target === view.scrollDOM) moved();
      },
    }),
  ];
}
