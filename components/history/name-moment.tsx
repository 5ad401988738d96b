'use client';

import { useState } from 'react';
import { FaultLine } from '../share/fault-line.tsx';
import { Button } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { historyFaultWords, type HistoryApi } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import type { Version } from './history-types.ts';

/** Longer names are refused, in UTF-16 units. */
const MAX_NAME = 80;

export interface NameMomentProps {
  api: HistoryApi;
  rev: number;
  /** The name that the revision has already. */
  version: Version | null;
  say: (words: string) => void;
  /** Something was changed. */
  onDone: () => void;
}

/** Gives a revision a name by which it is found again, changes it, or takes it away. */
export function NameMoment({ api, rev, version, say, onDone, triggerRef, onClose }: NameMomentProps & LayerBase) {
  const [name, setName] = useState(version?.name ?? '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const t = historyStrings.versions;
  const heading = version === null ? t.heading : t.renameHeading;
  const clean = name.replace(/\s+/gu, ' ').trim();
  const act = (run: () => Promise<void>, words: string) => {
    setBusy(true);
    setFault(null);
    run().then(
      () => {
        onDone();
        onClose();
        say(words);
      },
      (error: unknown) => {
        setBusy(false);
        setFault(historyFaultWords(error));
      },
    );
  };
  const save = () => {
    if (clean === '' || busy) return;
    act(() => (version === null ? api.nameVersion(rev, clean) : api.renameVersion(rev, clean)), t.named(clean));
  };
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={heading} width="288px" placement="top end">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="grid gap-3 p-4 max-tablet:p-5"
      >
        <h2 className="text-[15px] leading-tight font-bold">{heading}</h2>
        <input
          autoFocus
          value={name}
          maxLength={MAX_NAME}
          placeholder={t.placeholder}
          aria-label={t.label}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
          className="touch-row h-8 min-w-0 rounded-sm bg-raised px-2.5 text-md inset-ring inset-ring-line-strong max-tablet:text-[16px]"
        />
        <FaultLine words={fault} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" small look="primary" disabled={busy || clean === '' || clean === version?.name}>
            {t.save}
          </Button>
          {version !== null && (
            <Button small look="quiet" disabled={busy} onClick={() => act(() => api.removeVersion(rev), t.removed)}>
              {t.remove}
            </Button>
          )}
        </div>
      </form>
    </Layer>
  );
}
