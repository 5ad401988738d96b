import { EditorView } from '@codemirror/view';
import { useEffect, type RefObject } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { nextMark } from './comment-marks.ts';
import type { CommentStore } from './comment-store.ts';

/** Looks at a thread with the keyboard, and brings its passage into view. */
export function goToThread(view: EditorView, store: CommentStore, id: string): void {
  const place = store.anchors.placeOf(id);
  if (place !== null) {
    view.dispatch({
      selection: { anchor: place.from },
      effects: EditorView.scrollIntoView(place.from, { y: 'center' }),
    });
  }
  store.focus(id, true);
}

/** F8 and Shift-F8, pressed inside of `area`, go to the next comment and the one before, as they do in the text. */
export function useStepKeys(area: RefObject<HTMLElement | null>, store: CommentStore, { editor }: RoomTools): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const view = editor();
      if (event.key !== 'F8' || event.defaultPrevented || view === null || !(event.target instanceof Node)) return;
      if (area.current?.contains(event.target) !== true) return;
      event.preventDefault();
      const id = nextMark(store.anchors.passages, view.state, event.shiftKey ? -1 : 1);
      if (id !== null) goToThread(view, store, id);
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [area, editor, store]);
}
