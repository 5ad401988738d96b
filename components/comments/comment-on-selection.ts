import type { RoomTools } from '../room/room-tools.ts';
import { beginComment } from './comment-marks.ts';

/** Begins a comment on what is selected; shows all comments, and how to make one, where nothing is. */
export function commentOnSelection({ editor, show }: RoomTools): void {
  const view = editor();
  if (view === null || view.state.selection.main.empty) return show({ panel: 'comments' });
  view.dispatch({ effects: beginComment.of(null) });
}
