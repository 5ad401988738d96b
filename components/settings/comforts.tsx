'use client';

import { useEffect } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { InSlot } from '../ui/slot.tsx';
import { indentation } from './indentation.ts';
import { ruler } from './ruler.ts';
import { settingsStrings } from './settings-strings.ts';
import { noSpelling } from './spelling.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useWritingLook } from './use-writing-look.ts';

/** Makes the text as this browser's preferences say. Fetched once anything was ever chosen; the editor is never made anew. */
export function Comforts({ tools }: { tools: RoomTools }) {
  const { preferences, extend, editor } = tools;
  const { indent, tabs, spelling, ruler: column } = preferences;
  useWritingLook(preferences, editor);
  useEffect(() => extend('indentation', indentation({ indent, tabs })), [indent, tabs, extend]);
  useEffect(() => extend('spelling', spelling ? null : noSpelling), [spelling, extend]);
  useEffect(() => extend('ruler', column === 0 ? null : ruler(column)), [column, extend]);
  const mode = useEditorKeys(tools);
  if (mode === null) return null;
  return (
    <InSlot name="strip">
      <p role="status" data-testid="key-mode" className="flex h-6 items-center px-4 text-xs text-ink-3">
        {settingsStrings.modes[mode]}
      </p>
    </InSlot>
  );
}
