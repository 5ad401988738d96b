import { EditorView } from '@codemirror/view';
import type { KeyboardEvent } from 'react';
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

/** F8 and Shift-F8 from a comment to the next and the one before, as in the text. */
export function stepOnKey(event: KeyboardEvent, store: CommentStore, { editor }: RoomTools): void {
  const view = editor();
  if (event.key !== 'F8' || view === null) return;
  event.preventDefault();
  const id = nextMark(store.anchors.passages, view.state, event.shiftKey ? -1 : 1);
  if (id !== null) goToThread(view, store, id);
}
