import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  crosshairCursor,
  drawSelection,
  dropCursor,
  highlightSpecialChars,
  gutters,
  keymap,
  lineNumbers,
  placeholder,
  rectangularSelection,
} from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { cleanInput } from './clean-input.ts';
import { beginningExtras } from './extras.ts';
import { freshHint } from './fresh-hint.ts';
import { highlighting } from './highlight.ts';
import { isProse } from './language-guess.ts';
import { languageSupport, type LanguageSupport } from './languages.ts';
import { remoteCarets } from './remote-carets.ts';
import { searchOnDemand } from './search-keys.ts';
import { announceSelection, receiveFrom, sendTo, type TooLong } from './text-sync.ts';

export interface EditorOptions {
  parent: HTMLElement;
  client: RoomClient;
  settings: EditorSettings;
  /** What parts of the page have brought for it before it was made. */
  extras: readonly Extension[];
  onTooLong: (too: TooLong) => void;
  /** After every change of text or selection. */
  onUpdate: (state: EditorState, docChanged: boolean) => void;
}

/** What may change while the editor lives. */
export interface EditorSettings {
  language: string;
  canEdit: boolean;
  lineNumbers: boolean;
  wrap: boolean;
}

export interface Editor {
  view: EditorView;
  set: (settings: EditorSettings) => void;
  /** Ends the binding and removes the editor; the client lives on. */
  destroy: () => void;
}

/** A CodeMirror editor bound to `client`: what is typed goes to it, what others type comes from it. */
export function createEditor({ parent, client, settings, extras, onTooLong, onUpdate }: EditorOptions): Editor {
  const language = new Compartment();
  const access = new Compartment();
  const numbers = new Compartment();
  const wrap = new Compartment();
  const initial = languageSupport(settings.language);
  const view = new EditorView({
    parent,
    dispatchTransactions: sendTo(client, onTooLong),
    state: EditorState.create({
      doc: client.text(),
      extensions: [
        EditorState.lineSeparator.of('\n'),
        EditorState.allowMultipleSelections.of(true),
        cleanInput(),
        history(),
        drawSelection(),
        dropCursor(),
        rectangularSelection(),
        crosshairCursor(),
        highlightSpecialChars(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of('  '),
        highlighting(),
        searchOnDemand(),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        placeholder(freshHint(client)),
        remoteCarets(),
        announceSelection(client),
        EditorView.updateListener.of((update) => {
          if (update.docChanged || update.selectionSet) onUpdate(update.state, update.docChanged);
        }),
        language.of([faceOf(settings.language), initial.now]),
        access.of(accessOf(settings.canEdit)),
        numbers.of(settings.lineNumbers ? numberColumn() : []),
        wrap.of(settings.wrap ? EditorView.lineWrapping : []),
        beginningExtras(extras),
      ],
    }),
  });
  const stop = receiveFrom(client, view);
  let current = settings;
  let alive = true;

  const arrived = (name: string, extension: Extension) => {
    if (!alive || current.language !== name) return;
    view.dispatch({ effects: language.reconfigure([faceOf(name), extension]) });
  };
  const wait = (name: string, { now, later }: LanguageSupport) => {
    // Not there (offline, say): the text stays as it is, which is no reason to disturb anybody.
    later?.then((extension) => arrived(name, extension)).catch(() => arrived(name, now));
  };
  wait(settings.language, initial);

  return {
    view,
    set(next) {
      const before = current;
      current = next;
      if (next.language !== before.language) {
        const support = languageSupport(next.language);
        arrived(next.language, support.now);
        wait(next.language, support);
      }
      const effects = [];
      if (next.canEdit !== before.canEdit) effects.push(access.reconfigure(accessOf(next.canEdit)));
      if (next.lineNumbers !== before.lineNumbers) {
        effects.push(numbers.reconfigure(next.lineNumbers ? numberColumn() : []));
      }
      if (next.wrap !== before.wrap) effects.push(wrap.reconfigure(next.wrap ? EditorView.lineWrapping : []));
      if (effects.length > 0) view.dispatch({ effects });
    },
    destroy() {
      alive = false;
      stop();
      view.destroy();
    },
  };
}

function faceOf(name: string): Extension {
  const prose = isProse(name);
  return [
    EditorView.editorAttributes.of({ 'data-face': prose ? 'text' : 'mono' }),
    EditorView.contentAttributes.of(
      prose
        ? { spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences' }
        : { spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' },
    ),
  ];
}

/**
 * A text that cannot be written still takes the focus, so that it can be scrolled, selected and copied with keys. For
 * one that can be written the `tabindex` tells checkers what browsers know anyway.
 */
function accessOf(canEdit: boolean): Extension {
  return [
    EditorState.readOnly.of(!canEdit),
    EditorView.editable.of(canEdit),
    EditorView.contentAttributes.of(
      canEdit
        ? { 'aria-label': strings.text.label, tabindex: '0' }
        : { 'aria-label': strings.text.label, 'aria-readonly': 'true', tabindex: '0' },
    ),
  ];
}

/** Numbers stand in the margin beside the column and take no width from it. */
function numberColumn(): Extension {
  return [lineNumbers(), gutters({ fixed: false })];
}
