'use client';

import { useEffect, useRef, useState } from 'react';
import type { DialogProps, RoomTools } from '../room/room-tools.ts';
import { FaultLine } from '../share/fault-line.tsx';
import { Button } from '../ui/button.tsx';
import { DialogHead } from '../ui/dialog-head.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { historyApi, HistoryFault } from './history-api.ts';
import { redactStrings as t } from './redact-strings.ts';
import { areOwnWords, ownerTokenOf, passageToRedact, type RedactPassage } from './redact-wish.ts';
import { redactWish } from './wishes.ts';

/** Longer passages are shown by their beginning, in UTF-16 units. */
const MOST_SHOWN = 400;

/** For the owner: takes a passage out of every revision, after saying plainly what that means. */
export function RedactDialog({ tools, onClose }: DialogProps) {
  const text = useRef<HTMLElement | null>(tools.editor()?.contentDOM ?? null);
  const [moment] = useState(() => redactWish.get());
  const [shown, setShown] = useState<RedactPassage | null>(() => shownFirst(tools, moment));
  const [copies, setCopies] = useState(() => shown !== null && areOwnWords(shown.text));
  const [working, setWorking] = useState(false);
  const [moved, setMoved] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => () => redactWish.set(null), []);
  const owner = ownerTokenOf(tools);
  const state = passageToRedact(tools, moment);
  const why = state.kind === 'offline' ? t.offline : state.kind === 'unsaved' ? t.unsaved : null;

  const confirm = () => {
    const now = passageToRedact(tools, moment);
    if (owner === null || shown === null || now.kind !== 'ready') return;
    const { passage } = now;
    if (passage.text !== shown.text) {
      setShown(passage);
      return setMoved(true);
    }
    setWorking(true);
    setMoved(false);
    setFault(null);
    historyApi(owner)
      .redact(passage, copies)
      .then(
        (revisions) => {
          // What the history has shown so far is not the past any more.
          tools.show({ drawer: null, dialog: null });
          tools.say(t.done(revisions));
        },
        (error: unknown) => {
          setWorking(false);
          setFault(faultWords(error));
        },
      );
  };
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <div className="grid gap-4 p-5">
        <DialogHead heading={t.heading} onClose={onClose} />
        {shown === null || owner === null ? (
          <p className="text-md leading-normal">{t.select}</p>
        ) : (
          <>
            <Passage text={shown.text} />
            <div className="grid gap-2 text-md leading-normal">
              <p>
                {t.what} <strong className="font-semibold">{t.final}</strong>
              </p>
              <p className="text-xs text-ink-2">{t.reach}</p>
            </div>
            <label className="touch-row flex items-start gap-2.5 text-md leading-normal">
              <input
                type="checkbox"
                checked={copies}
                disabled={working}
                onChange={(event) => setCopies(event.currentTarget.checked)}
                className="mt-1 size-4 flex-none accent-accent"
              />
              {t.copies}
            </label>
          </>
        )}
        <p role="status" className="text-xs leading-normal text-ink-2 empty:hidden">
          {working ? t.workingLong : (why ?? (moved ? t.moved : null))}
        </p>
        <FaultLine words={fault} />
        <div className="flex flex-wrap gap-2">
          {shown !== null && owner !== null && (
            <Button look="danger" disabled={working || state.kind !== 'ready'} onClick={confirm}>
              {working ? t.working : t.confirm}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
        </div>
      </div>
    </DialogLayer>
  );
}

function Passage({ text }: { text: string }) {
  const rest = text.length - MOST_SHOWN;
  return (
    <blockquote
      aria-label={t.passage}
      className="max-h-40 overflow-auto rounded-sm bg-removed p-3 text-md wrap-anywhere whitespace-pre-wrap"
    >
      {rest > 0 ? `${text.slice(0, MOST_SHOWN)}… ` : text}
      {rest > 0 && <span className="text-xs text-ink-2">{t.more(rest)}</span>}
    </blockquote>
  );
}

/** What is shown from the start, be it saved by now or not. */
function shownFirst(tools: RoomTools, moment: RedactPassage | 'nothing' | null): RedactPassage | null {
  if (moment === 'nothing') return null;
  if (moment !== null) return moment;
  const selection = tools.editor()?.state.selection.main;
  if (!selection || selection.empty) return null;
  const { from, to } = selection;
  return { rev: tools.view.rev, from, to, text: tools.editor()?.state.sliceDoc(from, to) ?? '' };
}

function faultWords(error: unknown): string {
  if (!(error instanceof HistoryFault)) return t.faults.other;
  return error.code === 'unreachable' ? t.faults.unreachable : error.message;
}
