'use client';

import type { EditorState, Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RoomClient } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { createEditor, type Editor, type EditorSettings } from './create-editor.ts';
import './editor.css';
import { freshPieces } from './fresh-hint.ts';
import { isProse } from './language-guess.ts';
import { prepareLanguage } from './languages.ts';
import { staticText } from './static-text.ts';
import type { TooLong } from './text-sync.ts';

export interface TextEditorProps {
  /** Null until the room is opened: the text then stands there to be read. */
  client: RoomClient | null;
  /** What the server rendered; null if the text is not known yet. */
  text: string | null;
  settings: EditorSettings;
  /** What parts of the page have brought for the editor until it is made. */
  extensions: () => readonly Extension[];
  online: boolean;
  /** Should one be able to type without pressing into the text first? */
  autoFocus: 'always' | 'with-mouse';
  /** Called with null when the editor goes. */
  onView: (view: EditorView | null) => void;
  onUpdate: (state: EditorState, docChanged: boolean) => void;
  onTooLong: (too: TooLong) => void;
}

/** The text: as plain HTML first, then, in the same place and shape, as an editor. */
export function TextEditor({
  client,
  text,
  settings,
  extensions,
  online,
  autoFocus,
  onView,
  onUpdate,
  onTooLong,
}: TextEditorProps) {
  const mount = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const [ready, setReady] = useState(false);
  // What the editor is made with or calls later, without being made anew when it changes.
  const latest = useRef({ settings, extensions, autoFocus, onView, onUpdate, onTooLong });
  useLayoutEffect(() => {
    latest.current = { settings, extensions, autoFocus, onView, onUpdate, onTooLong };
  });

  useLayoutEffect(() => {
    const parent = mount.current;
    if (client === null || parent === null) return;
    const make = (): Editor => {
      const made = createEditor({
        parent,
        client,
        settings: latest.current.settings,
        extras: latest.current.extensions(),
        onTooLong: (too) => latest.current.onTooLong(too),
        onUpdate: (state, docChanged) => latest.current.onUpdate(state, docChanged),
      });
      editor.current = made;
      // Somebody may have scrolled the text before the editor came.
      const scrolled = still.current?.scrollTop ?? 0;
      // In this very task: a key that came when the editor stands there, and has no focus yet, would be lost.
      flushSync(() => setReady(true));
      if (scrolled > 0) made.view.scrollDOM.scrollTop = scrolled;
      latest.current.onView(made.view);
      latest.current.onUpdate(made.view.state, true);
      return made;
    };
    const made = soonest(prepareLanguage(latest.current.settings.language), make);
    return () => {
      const gone = made();
      if (gone === null) return;
      latest.current.onView(null);
      editor.current = null;
      gone.destroy();
      setReady(false);
    };
  }, [client]);

  useLayoutEffect(() => {
    // Only now is the static text gone, and the editor displayed: what is not displayed takes no focus.
    if (ready && mayFocus(latest.current.autoFocus)) editor.current?.view.focus();
  }, [ready]);

  const { language, canEdit, lineNumbers, wrap } = settings;
  useEffect(() => {
    editor.current?.set({ language, canEdit, lineNumbers, wrap });
  }, [language, canEdit, lineNumbers, wrap]);

  return (
    <main id="text" className="tandem-text" data-online={online}>
      {!ready && (
        <div data-face={isProse(language) ? 'text' : 'mono'}>
          <div ref={still} className="cm-scroller static-text">
            {text === null || text === '' ? (
              <EmptyText known={text !== null} />
            ) : (
              <div
                className="cm-content"
                // In the browser it stands there already, and React leaves it as it is: a text comes with the page, or not at all.
                suppressHydrationWarning
                dangerouslySetInnerHTML={{ __html: typeof window === 'undefined' ? staticText(text, language) : '' }}
              />
            )}
          </div>
        </div>
      )}
      <div ref={mount} className="empty:hidden" />
    </main>
  );
}

function EmptyText({ known }: { known: boolean }) {
  return (
    <div className="cm-content">
      <div className="cm-line text-ink-3">
        {known ? (
          <span className="fresh-hint">
            <span>{strings.fresh.hint}</span>
            <span className="fresh-hint-drop">
              {freshPieces().map((piece, index) => (index % 2 === 1 ? <u key={piece}>{piece}</u> : piece))}
            </span>
          </span>
        ) : (
          strings.loading
        )}
      </div>
    </div>
  );
}

/** How long the editor waits for the language's grammar, so that strong words do not turn thin for a moment. */
const GRAMMAR_MS = 300;

/**
 * Runs `make` when `ready` is, or when it took too long, and never at once: drawing the page and making the editor are two tasks,
 * so that a slow device hears a finger in between. The result ends the wait and says what was made, if anything.
 */
function soonest<Made>(ready: Promise<void> | null, make: () => Made): () => Made | null {
  let made: Made | null = null;
  let open = true;
  const once = () => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    made = make();
  };
  const timer = setTimeout(once, ready === null ? 0 : GRAMMAR_MS);
  void ready?.then(once);
  return () => {
    open = false;
    clearTimeout(timer);
    return made;
  };
}

/** A focus that opens a phone's keyboard uninvited, or takes the caret out of another field, helps nobody. */
function mayFocus(autoFocus: 'always' | 'with-mouse'): boolean {
  if (document.activeElement !== null && document.activeElement !== document.body) {
    return document.activeElement.closest('.static-text') !== null;
  }
  return autoFocus === 'always' || window.matchMedia('(pointer: fine)').matches;
}
