'use client';

import { useEffect, useRef, useState } from 'react';
import { CHOICES, type Preferences } from '../room/preferences.ts';
import type { DialogProps } from '../room/room-tools.ts';
import { readStored } from '../ui/browser-store.ts';
import { DialogHead } from '../ui/dialog-head.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { LanguageChoice } from '../words/language-choice.tsx';
import { PREFERENCES_KEY } from '../ui/preferences-key.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { applyTheme, currentTheme, type Theme } from '../ui/theme.ts';
import { NumbersChoice } from './numbers-choice.tsx';
import { Help, SettingsGroup, SettingsRow } from './settings-row.tsx';
import { settingsStrings } from './settings-strings.ts';

const t = settingsStrings;

/** How this browser likes its text and its rooms. What is chosen holds at once, and the page is never loaded again for it. */
export function SettingsDialog({ tools, onClose }: DialogProps) {
  const { preferences, setPreferences } = tools;
  const text = useRef<HTMLElement | null>(null);
  const [kept, setKept] = useState(true);
  useEffect(() => {
    text.current = tools.editor()?.contentDOM ?? null;
  });
  const change = (part: Partial<Preferences>) => {
    setPreferences(part);
    setKept(readStored(PREFERENCES_KEY) !== null);
  };
  const props = { preferences, onChange: change };
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <div className="px-4 pt-3 pb-2">
        <div className="ps-2 pb-1">
          <DialogHead heading={t.heading} onClose={onClose} />
        </div>
        <p role="status" className={`px-2 pb-3 text-xs ${kept ? 'text-ink-3' : 'text-brass'}`}>
          {kept ? t.help : t.notKept}
        </p>
        <TextGroup {...props} />
        <KeysGroup {...props} />
        <PageGroup {...props} />
        <LanguageChoice onNotKept={() => setKept(false)} />
      </div>
    </DialogLayer>
  );
}

interface GroupProps {
  preferences: Preferences;
  onChange: (part: Partial<Preferences>) => void;
}

function TextGroup({ preferences, onChange }: GroupProps) {
  const s = t.writing;
  return (
    <SettingsGroup heading={s.heading}>
      <SettingsRow words={s.face} help={s.faceHelp}>
        <Segmented
          label={s.face}
          value={preferences.face}
          options={CHOICES.face.map((value) => ({ value, words: s.faces[value] }))}
          onChange={(face) => onChange({ face })}
        />
      </SettingsRow>
      <SettingsRow words={s.size}>
        <NumbersChoice
          label={s.size}
          value={preferences.size}
          values={CHOICES.size}
          words={s.sizeOf}
          onChange={(size) => onChange({ size })}
        />
      </SettingsRow>
      <SettingsRow words={s.ruler} help={s.rulerHelp}>
        <NumbersChoice
          label={s.ruler}
          value={preferences.ruler}
          values={CHOICES.ruler}
          words={s.rulers}
          onChange={(ruler) => onChange({ ruler })}
        />
      </SettingsRow>
      <Switch words={s.wrap} on={preferences.wrap} onChange={(wrap) => onChange({ wrap })} />
      <Switch
        words={s.lineNumbers}
        on={preferences.lineNumbers}
        onChange={(lineNumbers) => onChange({ lineNumbers })}
      />
      <Switch words={s.spelling} on={preferences.spelling} onChange={(spelling) => onChange({ spelling })} />
    </SettingsGroup>
  );
}

function KeysGroup({ preferences, onChange }: GroupProps) {
  const s = t.keys;
  return (
    <SettingsGroup heading={s.heading}>
      <SettingsRow words={s.keys} help={s.help[preferences.keys]}>
        <Segmented
          label={s.keys}
          value={preferences.keys}
          options={CHOICES.keys.map((value) => ({ value, words: s.choices[value] }))}
          onChange={(keys) => onChange({ keys })}
        />
      </SettingsRow>
      <SettingsRow words={s.indent} help={s.tabsHelp}>
        <NumbersChoice
          label={s.indent}
          value={preferences.indent}
          values={CHOICES.indent}
          words={s.columns}
          onChange={(indent) => onChange({ indent })}
        />
      </SettingsRow>
      <Switch words={s.tabs} on={preferences.tabs} onChange={(tabs) => onChange({ tabs })} />
      <Switch words={s.formatBar} on={preferences.formatBar} onChange={(formatBar) => onChange({ formatBar })} />
      <Help className="px-2">{s.formatBarHelp}</Help>
    </SettingsGroup>
  );
}

function PageGroup({ preferences, onChange }: GroupProps) {
  const s = t.look;
  const [theme, setTheme] = useState<Theme>(currentTheme);
  return (
    <SettingsGroup heading={s.heading}>
      <SettingsRow words={s.theme}>
        <Segmented
          label={s.theme}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, words: s.themes[value] }))}
          onChange={(next) => {
            applyTheme(next);
            setTheme(next);
          }}
        />
      </SettingsRow>
      <Switch words={s.authorship} on={preferences.authorship} onChange={(authorship) => onChange({ authorship })} />
      <Switch words={s.focusMode} on={preferences.focusMode} onChange={(focusMode) => onChange({ focusMode })} />
      <Help className="px-2">{s.focusHelp}</Help>
      <SettingsRow words={s.announce} help={s.announceHelp}>
        <Segmented
          label={s.announce}
          value={preferences.announce}
          options={CHOICES.announce.map((value) => ({ value, words: s.announcements[value] }))}
          onChange={(announce) => onChange({ announce })}
        />
      </SettingsRow>
    </SettingsGroup>
  );
}
