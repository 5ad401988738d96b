'use client';

import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { doorStrings } from '../door-strings.ts';
import { buttonClass } from '../ui/button.tsx';
import { withBase } from '../ui/base-path.ts';
import { InlineScript } from '../ui/inline-script.tsx';
import { keepPassword, keptPassword, passwordKey } from './kept-password.ts';
import { MessagePage } from './message-page.tsx';
import { OpenedRoom } from './opened-room.tsx';
import type { Entrance } from './room-app.tsx';
import { tokenInAddress } from './token-in-address.ts';
import { tryPassword, type Tried } from './try-password.ts';
import { useCountdown } from './use-countdown.ts';

/** A tab that knows the password shows nothing while it is being tried, before the first paint already. */
const DECIDE_SCRIPT = `try{if(sessionStorage.getItem('${passwordKey('')}'+location.pathname.slice(${withBase('/').length - 1}).split('/')[2]))document.documentElement.dataset.gate='kept'}catch(e){}`;

/** Longer ones the server does not take either, in UTF-16 units. */
const MOST = 200;

type Trouble = Exclude<Tried['kind'], 'right' | 'changed'>;

/**
 * Stands before a room with a password: without its text and title, which are not in the page, and without opening what
 * this browser may have kept of it. Behind the right password is the room.
 */
export function PasswordGate() {
  const [entrance, setEntrance] = useState<Entrance | null>(null);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  /** For those who listen: once, and not every second of a countdown. */
  const [spoken, setSpoken] = useState('');
  const wait = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  const said = useId();
  const isFirst = useRef(true);

  const attempt = async (password: string, isKept: boolean) => {
    const token = tokenInAddress();
    if (token === null) return;
    setBusy(true);
    const tried = await tryPassword(token, password);
    if (tried.kind === 'right') {
      keepPassword(token, password);
      const { title, language } = tried;
      return setEntrance({ kind: 'existing', token, title, language, password });
    }
    if (tried.kind === 'changed') return window.location.reload();
    if (tried.kind === 'wrong') keepPassword(token, null);
    if (tried.kind === 'slowed') wait.start(tried.seconds);
    setBusy(false);
    delete document.documentElement.dataset['gate'];
    // What was kept was right once: that it no longer is, is nobody's mistake.
    const next = isKept && tried.kind === 'wrong' ? null : tried.kind;
    setTrouble(next);
    setSpoken(wordsOf(next, tried.kind === 'slowed' ? tried.seconds : 0));
    field.current?.select();
    field.current?.focus();
  };

  useEffect(() => {
    if (!isFirst.current) return;
    isFirst.current = false;
    const token = tokenInAddress();
    const kept = token === null ? null : keptPassword(token);
    if (kept === null) field.current?.focus();
    else void attempt(kept, true);
  });

  if (entrance !== null) return <OpenedRoom entrance={entrance} />;
  const t = doorStrings.gate;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && wait.left === 0 && typed !== '') void attempt(typed, false);
  };
  return (
    <>
      <InlineScript code={DECIDE_SCRIPT} />
      <MessagePage className="password-gate" heading={t.heading}>
        <form onSubmit={submit} className="grid w-full gap-2.5">
          <div className="flex w-full gap-2.5">
            <input
              ref={field}
              type="password"
              autoComplete="current-password"
              readOnly={busy}
              maxLength={MOST}
              aria-label={t.field}
              aria-describedby={said}
              aria-invalid={trouble === 'wrong'}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              className="h-10 min-w-0 flex-1 rounded-sm bg-raised px-3 text-[16px] inset-ring inset-ring-line-strong max-tablet:h-11"
            />
            <button
              type="submit"
              disabled={busy || wait.left > 0}
              aria-busy={busy}
              className={`${buttonClass('primary')} h-10! px-4! max-tablet:h-11!`}
            >
              {t.enter}
            </button>
          </div>
          <p id={said} className="min-h-6 text-md text-danger">
            {wordsOf(trouble, wait.left)}
          </p>
          <p role="status" className="sr-only">
            {spoken}
          </p>
        </form>
      </MessagePage>
    </>
  );
}

function wordsOf(trouble: Trouble | null, secondsLeft: number): string {
  const t = doorStrings.gate;
  switch (trouble) {
    case null:
      return '';
    case 'wrong':
      return t.wrong;
    case 'slowed':
      return secondsLeft > 0 ? t.slow(secondsLeft) : '';
    case 'unreachable':
      return t.unreachable;
  }
}
