'use client';

import type { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { InSlot } from '../ui/slot.tsx';
import { useEscape } from '../ui/use-escape.ts';
import './history.css';
import type { HistoryModel } from './history-model.ts';
import type { Content } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import { dateWords, timeWords } from './moment-words.ts';
import { createPastEditor, type PastEditor } from './past-editor.ts';

export interface PastTextProps {
  tools: RoomTools;
  /** The editor of the text now. */
  live: EditorView;
  model: HistoryModel;
  content: Content;
  /** Told of the editor when it is there, and with null when it goes. */
  onEditor: (editor: PastEditor | null) => void;
  onEscape: () => void;
}

/** The text of the past in place of the text, which waits behind it at the same place. */
export function PastText(props: PastTextProps) {
  return (
    <InSlot name="cover">
      <Cover {...props} />
    </InSlot>
  );
}

function Cover({ tools, live, model, content, onEditor, onEscape }: PastTextProps) {
  const parent = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<PastEditor | null>(null);
  const tell = useRef(onEditor);
  useEffect(() => {
    tell.current = onEditor;
  });
  useEscape(parent, onEscape);
  const { language } = tools;
  const { wrap, lineNumbers, ruler } = tools.preferences;

  useLayoutEffect(() => {
    if (parent.current === null) return;
    const past = createPastEditor({ parent: parent.current, live, settings: { language, wrap, lineNumbers, ruler } });
    // Two texts at once would be one too many for the keyboard and for screen readers.
    const main = live.dom.closest('main');
    main?.setAttribute('inert', '');
    setEditor(past);
    tell.current(past);
    return () => {
      tell.current(null);
      main?.removeAttribute('inert');
      past.destroy();
      setEditor(null);
    };
  }, [live, language, wrap, lineNumbers, ruler]);

  useLayoutEffect(() => {
    if (editor === null) return;
    if (content.kind === 'moment') {
      const { at, text } = content.moment;
      editor.show(text, null);
      editor.label(historyStrings.pastText(dateWords(at), timeWords(at)));
    } else {
      editor.show(content.marked.text, content.marked);
      editor.label(historyStrings.comparedText);
    }
    return model.attach(editor);
  }, [editor, content, model]);

  return (
    <main className="tandem-text h-full">
      <div ref={parent} />
    </main>
  );
}
