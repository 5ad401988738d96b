'use client';

import { useEffect, useRef, useState } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { FaultLine } from '../share/fault-line.tsx';
import { roomLinks } from '../share/room-links.ts';
import { Button } from '../ui/button.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { historyApi, historyFaultWords } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import { redactWish } from './wishes.ts';

/** Longer passages are shown by their beginning, in UTF-16 units. */
const MOST_SHOWN = 400;

const t = historyStrings.redactDialog;

/** For the owner: strikes a selected passage out of every revision, after saying plainly what that means, twice. */
export function RedactDialog({ tools, onClose }: DialogProps) {
  const { view } = tools;
  const text = useRef<HTMLElement | null>(tools.editor()?.contentDOM ?? null);
  const [wish] = useState(() => redactWish.get());
  const [everywhere, setEverywhere] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => () => redactWish.set(null), []);
  const { owner } = roomLinks(view.token, view.role);
  const why = owner === null || wish === null ? t.none : view.unsaved > 0 ? t.unsaved : null;

  const press = () => {
    if (owner === null || wish === null) return;
    if (!asked) return setAsked(true);
    setBusy(true);
    setFault(null);
    historyApi(owner)
      .redact(wish.rev, wish.from, wish.to, everywhere)
      .then(
        ({ places, revisions }) => {
          onClose();
          // What the history has shown so far is not the past any more.
          tools.show({ drawer: null });
          tools.say(t.done(places, revisions));
        },
        (error: unknown) => {
          setBusy(false);
          setAsked(false);
          setFault(historyFaultWords(error));
        },
      );
  };
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <div className="grid gap-4 p-5">
        <h2 className="text-[15px] leading-tight font-bold">{t.heading}</h2>
        {why === null && wish !== null ? (
          <>
            <p className="text-md leading-normal">{t.explain}</p>
            <blockquote
              aria-label={t.passage}
              className="max-h-40 overflow-auto rounded-sm bg-removed p-3 text-md wrap-anywhere whitespace-pre-wrap"
            >
              {wish.text.length > MOST_SHOWN ? `${wish.text.slice(0, MOST_SHOWN)}…` : wish.text}
            </blockquote>
            <label className="touch-row flex items-center gap-2 text-md">
              <input
                type="checkbox"
                checked={everywhere}
                onChange={(event) => setEverywhere(event.currentTarget.checked)}
              />
              {t.everywhere}
            </label>
          </>
        ) : (
          <p className="text-md leading-normal">{why}</p>
        )}
        <FaultLine words={fault} />
        <div className="flex flex-wrap gap-2">
          {why === null && (
            <Button look={asked ? 'danger' : 'plain'} disabled={busy} onClick={press}>
              {asked ? t.second : t.first}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {historyStrings.undoDialog.cancel}
          </Button>
        </div>
      </div>
    </DialogLayer>
  );
}
