import { isolateHistory } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { TEMPLATES, templateOf, type Template } from './templates.ts';

/**
 * Writes the template into the text: into an empty one whole, else below what is there. Gives the room its title if it has none.
 * False, and nothing happens, if this text only reads. Undo takes the words back in one step; the title stays.
 */
export function startFrom(view: EditorView, client: RoomClient, template: Template, now = new Date()): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const { title, text } = templateOf(template, now);
  const empty = state.doc.toString().trim() === '';
  const before = empty ? '' : state.doc.line(state.doc.lines).text === '' ? '\n' : '\n\n';
  const from = empty ? 0 : state.doc.length;
  view.dispatch({
    changes: { from, to: state.doc.length, insert: before + text },
    selection: { anchor: from + before.length + firstBlank(text) },
    scrollIntoView: true,
    userEvent: 'input.template',
    annotations: isolateHistory.of('full'),
  });
  if (client.view().title === '') client.setTitle(title);
  view.focus();
  return true;
}

/** The same for the template that the hint of an empty text names at `index`. */
export function startFromHint(view: EditorView, client: RoomClient, index: number): void {
  const template = TEMPLATES[index];
  if (template !== undefined && view.state.doc.length === 0) startFrom(view, client, template);
}

/** The end of the first line that waits for words. */
function firstBlank(text: string): number {
  const found = /^(?:- (?:\[ \] )?|\d+\. |> |[^#\n]+: )$/m.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}
