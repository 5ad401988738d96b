import type { Extension } from '@codemirror/state';
import { useEffect, useRef, useState } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import type { KeyHooks, KeyMode } from './key-hooks.ts';
import { settingsStrings } from './settings-strings.ts';

const t = settingsStrings;

/** Puts the chosen editor's keys into this one. Returns what they do now; null for the usual keys. */
export function useEditorKeys(tools: RoomTools): KeyMode | null {
  const { extend, view } = tools;
  const { keys } = tools.preferences;
  const latest = useRef(tools);
  useEffect(() => {
    latest.current = tools;
  });
  const [mode, setMode] = useState<KeyMode | null>(null);
  const [attempt, setAttempt] = useState(0);
  const failed = useRef(false);
  useEffect(() => {
    if (view.online && failed.current) setAttempt((n) => n + 1);
  }, [view.online]);
  useEffect(() => {
    failed.current = false;
    if (keys === 'default') return;
    let gone = false;
    const hooks: KeyHooks = {
      onSave: () => latest.current.say(savedWords(latest.current)),
      onCommandLine: () => latest.current.show({ dialog: 'palette' }),
      // The editor is in the middle of an update when it says so.
      onMode: (next) => queueMicrotask(() => !gone && setMode(next)),
    };
    fetchKeys(keys, hooks).then(
      (extension) => {
        if (!gone) extend('keys', extension);
      },
      () => {
        if (gone) return;
        failed.current = true;
        latest.current.warn(t.notFetched[keys]);
      },
    );
    return () => {
      gone = true;
      extend('keys', null);
      setMode(null);
    };
  }, [keys, attempt, extend]);
  return mode;
}

async function fetchKeys(keys: 'vim' | 'emacs', hooks: KeyHooks): Promise<Extension> {
  switch (keys) {
    case 'vim':
      return (await import('./vim-keys.ts')).vimKeys(hooks);
    case 'emacs':
      return (await import('./emacs/emacs-keys.ts')).emacsKeys(hooks);
  }
}

/** What is true of the text now: `:w` has nothing to do, but whoever types it wants to know. */
function savedWords({ view }: RoomTools): string {
  if (view.status.kind === 'view') return t.save.readOnly;
  return view.unsaved === 0 ? t.save.saved : t.save.kept(view.unsaved);
}
