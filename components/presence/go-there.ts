import { EditorView } from '@codemirror/view';
import { caretOf, nameCarets } from '../editor/remote-carets.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { presenceStrings } from './presence-strings.ts';

/** Brings somebody's caret into the middle of the view and shows the name there; says so if they have none. */
export function goThere(tools: RoomTools, { authors, name }: { authors: readonly number[]; name: string }): void {
  const view = tools.editor();
  const at = view === null ? null : caretOf(view.state, authors);
  if (view === null || at === null) return tools.say(presenceStrings.nowhere(name));
  view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  nameCarets(view, authors);
}

/** How much of the view's height a followed caret keeps from its edges. */
const MARGIN = 0.25;

/** Scrolls only as far as it takes to see the newest caret of `authors` well. */
export function keepInSight(view: EditorView, authors: readonly number[]): void {
  const at = caretOf(view.state, authors);
  if (at === null) return;
  const yMargin = Math.round(view.scrollDOM.clientHeight * MARGIN);
  view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'nearest', yMargin }) });
}
