import { EditorView } from '@codemirror/view';
import { isPhone } from '../ui/use-phone.ts';

/** How much of the text before it stays in sight above a heading, in px. */
const ABOVE_PX = 48;

/** Takes caret and sight to a position, and the focus too, except on a phone, where that would open the keyboard. */
export function goTo(view: EditorView, position: number, y: 'start' | 'center'): void {
  const inside = Math.min(position, view.state.doc.length);
  view.dispatch({
    selection: { anchor: inside },
    effects: EditorView.scrollIntoView(inside, { y, yMargin: ABOVE_PX }),
    userEvent: 'select',
  });
  if (!isPhone()) view.focus();
}

/** The same for a line and a column from 1; beyond the end it is the last line, or the end of the line. */
export function goToLine(view: EditorView, line: number, column: number): void {
  const found = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  goTo(view, Math.min(found.from + column - 1, found.to), 'center');
}
