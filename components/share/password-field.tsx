'use client';

import { useId, useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';

/** Longer ones the server does not take, in UTF-16 units. */
export const MOST_PASSWORD = 200;

export interface PasswordFieldProps {
  /** Does the link ask for one now? */
  isSet: boolean;
  busy: boolean;
  /** Null takes the password away. */
  onChange: (password: string | null) => void;
}

/** Sets, changes or removes the password of a link. Shown as it is typed: the owner is about to tell it to somebody. */
export function PasswordField({ isSet, busy, onChange }: PasswordFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const help = useId();
  const t = layerStrings.links;
  if (typed === null) {
    return (
      <>
        <Button small look="quiet" disabled={busy} onClick={() => setTyped('')}>
          {isSet ? t.changePassword : t.setPassword}
        </Button>
        {isSet && (
          <Button small look="quiet" disabled={busy} onClick={() => onChange(null)}>
            {t.removePassword}
          </Button>
        )}
      </>
    );
  }
  return (
    <form
      className="order-last grid w-full gap-1.5 rounded-sm bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === '') return;
        setTyped(null);
        onChange(typed);
      }}
    >
      <div className="flex flex-wrap gap-2">
        <input
          autoFocus
          value={typed}
          maxLength={MOST_PASSWORD}
          autoComplete="off"
          spellCheck={false}
          aria-label={t.password}
          aria-describedby={help}
          placeholder={t.password}
          onChange={(event) => setTyped(event.currentTarget.value)}
          className="touch-row h-8 min-w-40 flex-1 rounded-sm bg-raised px-2.5 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
        />
        <Button type="submit" disabled={typed === ''}>
          {t.set}
        </Button>
        <Button look="quiet" onClick={() => setTyped(null)}>
          {t.cancel}
        </Button>
      </div>
      <p id={help} className="text-xs text-ink-2">
        {t.passwordHelp}
      </p>
    </form>
  );
}
