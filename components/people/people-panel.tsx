'use client';

import { presenceStrings } from '../presence/presence-strings.ts';
import { CHOICES, type Preferences } from '../room/preferences.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { NameField } from './name-field.tsx';
import { PeopleRows } from './people-rows.tsx';

/** Everybody in the room, what they do, and how much of it this page shows and says. */
export function PeoplePanel({ tools }: { tools: RoomTools }) {
  const { view, acts, preferences, setPreferences, show, editor } = tools;
  const phone = usePhone();
  // On a phone the panel lies over the text that one wants to see now.
  const gone = () => {
    if (phone) show({ panel: null });
  };
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto p-2">
        <NameField me={view.me} isFixed={view.signedIn} onRename={acts.rename} onDone={() => editor()?.focus()} />
        <PeopleRows tools={tools} onGone={gone} heading="h2" />
      </div>
      <Settings preferences={preferences} setPreferences={setPreferences} />
    </>
  );
}

function Settings({ preferences, setPreferences }: Pick<RoomTools, 'preferences' | 'setPreferences'>) {
  const t = presenceStrings.panel;
  const { authorship, authorText, focusMode, announce } = preferences;
  return (
    <div className="flex-none border-t border-line p-2">
      <Switch words={t.authorship} on={authorship} onChange={(on) => setPreferences({ authorship: on })} />
      {authorship && (
        <Switch words={t.authorText} on={authorText} onChange={(on) => setPreferences({ authorText: on })} />
      )}
      <Switch words={t.focus} on={focusMode} onChange={(on) => setPreferences({ focusMode: on })} />
      <div className="px-2 pt-2 pb-1">
        <div aria-hidden="true" className="pb-1.5">
          {t.announce}
        </div>
        <Segmented<Preferences['announce']>
          label={t.announce}
          value={announce}
          onChange={(value) => setPreferences({ announce: value })}
          options={CHOICES.announce.map((value) => ({ value, words: t[value] }))}
        />
      </div>
    </div>
  );
}
