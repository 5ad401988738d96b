'use client';

import { Users } from 'lucide-react';
import { useEffect } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { IconButton } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { isPhone } from '../ui/use-phone.ts';
import { presenceStrings } from './presence-strings.ts';

/** The way back out of focus mode, where the people stood; and what it is, said at its beginning and with each visit. */
export function FocusMode({ tools }: { tools: RoomTools }) {
  const { say, setPreferences, editor } = tools;
  const t = presenceStrings.focus;
  useEffect(() => say(isPhone() ? t.onPhone : t.on), [say, t]);
  return (
    <InSlot name="bar">
      <IconButton
        label={t.leave}
        onClick={() => {
          setPreferences({ focusMode: false });
          editor()?.focus();
        }}
        className="max-tablet:size-11"
      >
        <Users size={16} aria-hidden="true" />
      </IconButton>
    </InSlot>
  );
}
