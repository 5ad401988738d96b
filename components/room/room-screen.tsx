'use client';

import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { caretOf } from '../editor/remote-carets.ts';
import { DEFAULT_LANGUAGE } from '../editor/language-guess.ts';
import { openSearch } from '../editor/search-keys.ts';
import { TextEditor } from '../editor/text-editor.tsx';
import { useRoom, type RoomStart } from '../editor/use-room.ts';
import { rememberMe, whoAmI } from '../people/me.ts';
import { copyText } from '../share/copy.ts';
import type { OwnerNoticeProps } from '../share/owner-notice.tsx';
import { Announcer } from '../status/announcer.tsx';
import { Notice } from '../status/notice.tsx';
import { RoomNotice } from '../status/room-notice.tsx';
import { Toast, useToast } from '../status/toast.tsx';
import { useLeaveWarning } from '../status/use-leave-warning.ts';
import { pageStrings } from '../page-strings.ts';
import { size, strings } from '../strings.ts';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import { withBase } from '../ui/base-path.ts';
import { Slot } from '../ui/slot.tsx';
import { fetchDownload } from './fetch-download.ts';
import { Footer } from './footer.tsx';
import { DialogAndCompanions, Drawer } from './optional-parts.tsx';
import { panelPart, PARTS, previewPart } from './parts.ts';
import { RoomBar } from './room-bar.tsx';
import type { RoomTools } from './room-tools.ts';
import { useDeletedRoom } from './use-deleted-room.ts';
import { useExtensions } from './use-extensions.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useGuessedLanguage } from './use-guessed-language.ts';
import { useOwnerNotice } from './use-owner-notice.ts';
import { usePreferences } from './use-preferences.ts';
import { usePrefetch } from './use-prefetch.ts';
import { useRegionKeys } from './use-region-keys.ts';
import { useSurfaces } from './use-surfaces.ts';
import { useTextFacts } from './use-text-facts.ts';

const ownerNotice = lazyPart<OwnerNoticeProps>(() =>
  import('../share/owner-notice.tsx').then((file) => file.OwnerNotice),
);

export interface RoomScreenProps {
  start: RoomStart | null;
  /** Does the caret belong into the text at once, on phones too? */
  isFresh: boolean;
  /** What is known of a room whose text is not in the page. */
  placeholder: { title: string; language: string } | null;
  /** Leaves this room for a new one with this text. */
  onNewRoomWith: (text: string, title: string) => void;
}

/** The whole page of a room: bar, notices, text, footer. */
export function RoomScreen({ start, isFresh, placeholder, onNewRoomWith }: RoomScreenProps) {
  const { client, view: now } = useRoom(start);
  const view = client === null && placeholder !== null ? { ...now, ...placeholder } : now;
  const language = view.language === '' ? DEFAULT_LANGUAGE : view.language;
  const editor = useRef<EditorView | null>(null);
  const [preferences, setPreferences] = usePreferences();
  const { facts, update: updateFacts } = useTextFacts();
  const { toast, say } = useToast();
  const [refused, setRefused] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);
  const editorView = useCallback(() => editor.current, []);
  const [surfaces, show] = useSurfaces();
  const { extend, extensions } = useExtensions(editorView);

  useLeaveWarning(view);
  useRegionKeys();
  usePrefetch();
  useGuessedLanguage(client, view);
  const owner = useOwnerNotice(view);
  useDeletedRoom(view);
  useFileDrop({ client, view: editorView, show, say, onRefused: setRefused });
  useEffect(() => {
    document.title = `${view.title === '' ? strings.title.untitled : view.title} – ${pageStrings.product}`;
  }, [view.title]);

  const copyOut = (text: string) => {
    void copyText(text).then((done) =>
      done ? say(strings.notice.textCopied) : setRefused(strings.notice.textNotCopied),
    );
  };
  const copyAll = () => {
    if (client !== null) copyOut(client.text());
  };
  // If the code of downloads cannot be fetched, the clipboard takes the text at least.
  const download = () => {
    if (client !== null) fetchDownload().then(({ downloadRoom }) => downloadRoom(client), copyAll);
  };
  const showCopy = (text: string) => {
    fetchDownload().then(
      ({ downloadText }) => downloadText(text, view.title),
      () => copyOut(text),
    );
  };
  const jump = (authors: readonly number[]) => {
    const text = editor.current;
    const at = text === null ? null : caretOf(text.state, authors);
    if (text !== null && at !== null) text.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  };
  const tools: RoomTools = {
    client,
    view,
    language,
    editor: editorView,
    extend,
    preferences,
    setPreferences,
    surfaces,
    parts: PARTS,
    show,
    say,
    warn: setRefused,
    acts: {
      download,
      search: () => {
        if (editor.current !== null) void openSearch(editor.current);
      },
      newRoom: () => window.location.assign(withBase('/')),
      newRoomWith: onNewRoomWith,
      rename: (name, color) => {
        // A name that a sign-in gave is nobody's own in other rooms.
        rememberMe({ person: view.me.person, name: view.signedIn ? whoAmI().name : name, color });
        client?.rename(name, color);
      },
      jumpTo: jump,
    },
  };
  const { lineNumbers, wrap } = preferences;
  const settings = useMemo(
    () => ({ language, canEdit: view.canEdit && !moving, lineNumbers, wrap }),
    [language, view.canEdit, moving, lineNumbers, wrap],
  );
  const onView = useCallback((one: EditorView | null) => {
    editor.current = one;
  }, []);
  const onUpdate = useCallback(
    (state: EditorState, docChanged: boolean) => {
      updateFacts(state);
      if (docChanged) setRefused(null);
    },
    [updateFacts],
  );

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)_auto_auto]">
      <a
        href="#text"
        onClick={(event) => {
          event.preventDefault();
          editor.current?.focus();
        }}
        className="fixed start-2 top-2 z-50 -translate-y-20 rounded-sm bg-raised px-3 py-2 shadow-2 focus:translate-y-0"
      >
        {strings.skip}
      </a>
      <RoomBar tools={tools} onMoving={setMoving} />
      <div>
        {refused === null ? (
          <RoomNotice
            view={view}
            actions={{
              copyText: copyAll,
              newRoomWithIt: () => onNewRoomWith(client?.text() ?? '', view.title),
              download,
              reload: () => window.location.reload(),
              showCopy,
              dismiss: () => client?.dismiss(),
            }}
          >
            {owner.due && <Part part={ownerNotice} props={{ token: view.token, onSay: say, onDone: owner.done }} />}
          </RoomNotice>
        ) : (
          <Notice tone="warn" text={refused} onDismiss={() => setRefused(null)} />
        )}
      </div>
      <div className="relative flex min-h-0">
        <div className="relative grid min-w-0 flex-1">
          <TextEditor
            client={client}
            text={start?.initial?.text ?? (isFresh ? '' : null)}
            settings={settings}
            extensions={extensions}
            online={view.online}
            autoFocus={isFresh ? 'always' : 'with-mouse'}
            onView={onView}
            onUpdate={onUpdate}
            onTooLong={(paste) => setRefused(strings.notice.pasteTooLong(size(paste.size), size(paste.rest)))}
          />
          <Slot name="cover" className="absolute inset-0 z-10 bg-canvas" />
        </div>
        {surfaces.preview && previewPart !== null && <Part part={previewPart} props={{ tools }} />}
        {surfaces.panel !== null && <Part part={panelPart} props={{ tools }} />}
      </div>
      <Slot name="strip" className="min-w-0" />
      {surfaces.drawer === null ? (
        <Footer
          facts={facts}
          language={language}
          canEdit={view.canEdit}
          onLanguage={(name) => client?.setLanguage(name)}
          show={show}
        />
      ) : (
        <Drawer tools={tools} />
      )}
      <DialogAndCompanions tools={tools} />
      <Announcer view={view} />
      <Toast toast={toast} />
    </div>
  );
}
