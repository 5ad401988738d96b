import { EditorView } from '@codemirror/view';
import type { RoomTools } from '../room/room-tools.ts';
import { isPhone } from '../ui/use-phone.ts';
import type { Place } from './passages.ts';

/** Brings a passage into the middle of the view and selects it. The sheet on a phone makes way. */
export function jumpTo({ editor, show }: RoomTools, { from, to }: Place): void {
  const view = editor();
  if (view === null) return;
  view.dispatch({
    selection: { anchor: to, head: from },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  });
  view.focus();
  if (isPhone()) show({ panel: null });
}
