import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, gutters, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import type { Op } from '../../lib/client/index.ts';
import { highlighting } from '../editor/highlight.ts';
import { isProse } from '../editor/language-guess.ts';
import { languageSupport } from '../editor/languages.ts';
import { changesFromOp } from '../editor/op-changes.ts';
import { ruler } from '../settings/ruler.ts';
import { changeMarks, showMarks, type Marked } from './change-marks.ts';
import { lineChanges } from './line-changes.ts';

/** Marks what this file changes; nobody else may. */
const told = Annotation.define<true>();

export interface PastSettings {
  language: string;
  wrap: boolean;
  lineNumbers: boolean;
  /** Columns; 0: none. Face and size are the page's. */
  ruler: number;
}

export interface PastEditorOptions {
  parent: HTMLElement;
  /** The text as it is written now: what is read begins in its place, with its scroll position. */
  live: EditorView;
  settings: PastSettings;
}

/** A text of the past, which can be read, selected and copied. */
export interface PastEditor {
  view: EditorView;
  /** Shows another text, with marks or without; what both have in common stays where it is. */
  show: (text: string, marked: Marked | null) => void;
  /** The next thing that happened. */
  apply: (op: Op) => void;
  text: () => string;
  /** What it is called by screen readers. */
  label: (words: string) => void;
  /** Removes it, and leaves `live` at the place that was read. */
  destroy: () => void;
}

export function createPastEditor({ parent, live, settings }: PastEditorOptions): PastEditor {
  const language = new Compartment();
  const named = new Compartment();
  const support = languageSupport(settings.language);
  let alive = true;
  const view = new EditorView({
    parent,
    scrollTo: live.scrollSnapshot(),
    state: EditorState.create({
      doc: live.state.doc,
      extensions: [
        EditorState.lineSeparator.of('\n'),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-readonly': 'true', spellcheck: 'false' }),
        drawSelection(),
        highlightSpecialChars(),
        highlighting(),
        // The keys of the editor, by way of it: importing them would make the first load heavier. Those that write do nothing.
        live.state.facet(keymap).map((keys) => keymap.of(keys)),
        EditorState.changeFilter.of((transaction) => transaction.annotation(told) === true),
        changeMarks,
        EditorView.editorAttributes.of({ 'data-face': isProse(settings.language) ? 'text' : 'mono' }),
        language.of(support.now),
        named.of([]),
        settings.wrap ? EditorView.lineWrapping : [],
        settings.lineNumbers ? [lineNumbers(), gutters({ fixed: false })] : [],
        settings.ruler > 0 ? ruler(settings.ruler) : [],
      ],
    }),
  });
  const arrived = (extension: Extension) => {
    if (alive) view.dispatch({ effects: language.reconfigure(extension) });
  };
  // Without its grammar the text still has its words.
  support.later?.then(arrived, () => undefined);
  const text = () => view.state.doc.toString();
  return {
    view,
    show: (next, marked) =>
      view.dispatch({
        changes: lineChanges(text(), next),
        effects: showMarks(marked?.marks ?? null),
        annotations: told.of(true),
      }),
    apply: (op) => view.dispatch({ changes: changesFromOp(op, view.state.doc.length), annotations: told.of(true) }),
    text,
    label: (words) =>
      view.dispatch({ effects: named.reconfigure(EditorView.contentAttributes.of({ 'aria-label': words })) }),
    destroy() {
      alive = false;
      const changes = view.state.changes(lineChanges(text(), live.state.doc.toString()));
      const place = view.scrollSnapshot().map(changes);
      if (place !== undefined) live.dispatch({ effects: place });
      view.destroy();
    },
  };
}
