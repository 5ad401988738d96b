'use client';

import { X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { FaultLine } from '../share/fault-line.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { strings } from '../strings.ts';
import { ExcerptView } from './excerpt-view.tsx';
import { historyApi, historyFaultWords } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import { dateWords, nameOf, timeWords, whenWords } from './moment-words.ts';
import { personsOf, type PersonOfHistory } from './persons.ts';
import { undoable } from './undoable.ts';
import type { UndoSince } from './undo-since.ts';
import { useUndoPlan, type UndoPreview } from './use-undo-plan.ts';
import { shownMoment, undoWish } from './wishes.ts';

const t = historyStrings.undoDialog;

/** Takes back what one person did since a time, and keeps everybody else's work; shows first what that would change. */
export function UndoPersonDialog({ tools, onClose }: DialogProps) {
  const { client, view } = tools;
  const text = useRef<HTMLElement | null>(tools.editor()?.contentDOM ?? null);
  const api = useMemo(() => historyApi(view.token), [view.token]);
  // What is shown behind the dialog stays while it is open.
  const [moment] = useState(() => shownMoment.get());
  const { persons, fault } = usePersons(api);
  const [chosen, setChosen] = useState<string | null>(null);
  const [since, setSince] = useState<UndoSince>(moment === null ? 'hour' : 'moment');
  const [moved, setMoved] = useState(false);
  const person = persons?.find(({ key }) => key === chosen) ?? persons?.[0] ?? null;
  const { preview, again } = useUndoPlan(api, person?.authors ?? null, since, moment);
  useEffect(() => () => undoWish.set(null), []);

  const confirm = () => {
    if (preview.kind !== 'counted' || client === null || person === null) return;
    const { rev, op, changes } = preview.plan;
    let done = false;
    const undo = undoable(tools, () => {
      done = client.editAt(rev, op);
    });
    if (!done) {
      setMoved(true);
      return again();
    }
    tools.show({ drawer: null });
    onClose();
    tools.say(t.done(changes, nameOf(person)), undo === null ? undefined : { words: historyStrings.undo, run: undo });
  };
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <div className="grid gap-4 p-5">
        <div className="flex items-center justify-between">
          <h2 className="text-[15px] leading-tight font-bold">{t.heading}</h2>
          <IconButton label={strings.notice.dismiss} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {persons?.length === 0 ? (
          <p className="text-md">{t.nobody}</p>
        ) : (
          <>
            <div className="flex flex-wrap gap-4">
              <Choice
                words={t.who}
                value={person?.key ?? ''}
                options={(persons ?? []).map((one) => ({ value: one.key, words: nameOf(one) }))}
                onChange={setChosen}
              />
              <Choice
                words={t.since}
                value={since}
                options={[
                  { value: 'minutes', words: t.choices.minutes },
                  { value: 'hour', words: t.choices.hour },
                  { value: 'today', words: t.choices.today },
                  ...(moment === null
                    ? []
                    : [{ value: 'moment', words: t.choices.moment(dateWords(moment.at), timeWords(moment.at)) }]),
                ]}
                onChange={(value) => setSince(value as UndoSince)}
              />
            </div>
            <Preview preview={preview} person={person} />
          </>
        )}
        <FaultLine words={fault ?? (preview.kind === 'failed' ? preview.words : null)} />
        {moved && (
          <p role="status" className="text-xs text-ink-2">
            {t.moved}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            disabled={preview.kind !== 'counted' || preview.plan.op.length === 0 || !view.canEdit}
            onClick={confirm}
          >
            {preview.kind === 'counted' && preview.plan.changes > 0 ? t.confirm(preview.plan.changes) : t.heading}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
        </div>
      </div>
    </DialogLayer>
  );
}

function Preview({ preview, person }: { preview: UndoPreview; person: PersonOfHistory | null }) {
  if (person === null || preview.kind === 'failed') return null;
  if (preview.kind === 'counting') return <p className="past-late text-md text-ink-2">{t.counting}</p>;
  const { plan, at } = preview;
  const name = nameOf(person);
  if (plan.op.length === 0) {
    return (
      <p role="status" className="text-md">
        {t.nothing(name)}
      </p>
    );
  }
  return (
    <>
      <p role="status" className="text-md leading-normal">
        {t.ask(plan.changes, name, whenWords(at))}
        <span className="block text-xs text-ink-2">{t.effect(plan.deleted, plan.inserted)}</span>
      </p>
      <ExcerptView segments={plan.segments} label={t.preview} />
    </>
  );
}

interface ChoiceProps {
  words: string;
  value: string;
  options: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

function Choice({ words, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 flex-1 basis-48 gap-1.5">
      <label htmlFor={id} className="text-xs font-semibold text-ink-2">
        {words}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="touch-row h-8 min-w-0 rounded-sm bg-raised px-2 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Who wrote here; whom the dialog was opened for first. */
function usePersons(api: ReturnType<typeof historyApi>): {
  persons: readonly PersonOfHistory[] | null;
  fault: string | null;
} {
  const [persons, setPersons] = useState<readonly PersonOfHistory[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const request = new AbortController();
    const wished = undoWish.get()?.authors ?? [];
    const isWished = ({ authors }: PersonOfHistory) => authors.some((one) => wished.includes(one));
    api.timeline(request.signal).then(
      ({ authors, buckets }) => {
        const all = personsOf(authors, buckets);
        setPersons([...all.filter(isWished), ...all.filter((one) => !isWished(one))]);
      },
      (error: unknown) => {
        if (!request.signal.aborted) setFault(historyFaultWords(error));
      },
    );
    return () => request.abort();
  }, [api]);
  return { persons, fault };
}
