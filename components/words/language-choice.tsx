'use client';

import { useId, useState } from 'react';
import { Help, SettingsGroup } from '../settings/settings-row.tsx';
import { LANGUAGES } from './compiled/languages.ts';
import { keepLanguage } from './keep-language.ts';
import { languageIn } from './language-cookie.ts';
import { languageStrings as t } from './language-strings.ts';

interface LanguageChoiceProps {
  /** The browser keeps no cookies, so the page stays as it is. */
  onNotKept: () => void;
}

/** The language of the page, each by its own name. The page loads anew, and takes what is unsent from the journal. */
export function LanguageChoice({ onNotKept }: LanguageChoiceProps) {
  const id = useId();
  const [chosen, setChosen] = useState(() => languageIn(document.cookie));
  const choose = (code: string) => {
    if (!keepLanguage(code)) return onNotKept();
    setChosen(code);
    window.location.reload();
  };
  return (
    <SettingsGroup heading={t.heading}>
      <div className="grid grid-cols-[10rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 px-2 py-1 max-tablet:grid-cols-1">
        <label htmlFor={id}>{t.label}</label>
        <select
          id={id}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          className="touch-row h-8 min-w-0 rounded-sm bg-raised px-2 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
        >
          <option value="">{t.browser}</option>
          {LANGUAGES.map(({ code, name }) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        <Help className="col-start-2 max-tablet:col-start-1">{t.help}</Help>
      </div>
    </SettingsGroup>
  );
}
