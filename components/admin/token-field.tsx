'use client';

import { useId, useState, type FormEvent } from 'react';
import { Button } from '../ui/button.tsx';
import { adminStrings } from './admin-strings.ts';

export interface TokenFieldProps {
  /** What is wrong with the token that was said last; empty if nothing is. */
  trouble: string;
  busy?: boolean;
  onToken: (token: string) => void;
}

/** Where whoever keeps the server says its token. */
export function TokenField({ trouble, busy = false, onToken }: TokenFieldProps) {
  const [typed, setTyped] = useState('');
  const said = useId();
  const t = adminStrings.token;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '' && !busy) onToken(typed);
  };
  return (
    <form onSubmit={submit} className="grid w-full max-w-90 gap-1.5">
      <div className="flex gap-2">
        <input
          type="password"
          autoComplete="off"
          maxLength={200}
          aria-label={t.label}
          placeholder={t.label}
          aria-describedby={said}
          aria-invalid={trouble !== ''}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          className="touch-row h-8 min-w-0 flex-1 rounded-sm bg-raised px-2.5 text-[16px] inset-ring inset-ring-line-strong tablet:text-sm"
        />
        <Button type="submit" aria-busy={busy}>
          {t.enter}
        </Button>
      </div>
      <p id={said} role="status" className="min-h-5 text-sm text-danger">
        {trouble}
      </p>
    </form>
  );
}
