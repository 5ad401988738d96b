'use client';

import { useId, useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { useNow } from '../ui/use-now.ts';
import { momentWords } from './link-words.ts';

type Choice = keyof typeof layerStrings.links.endChoices;

const HOUR_MS = 60 * 60 * 1000;
const AFTER: Partial<Record<Choice, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };
const CHOICES: readonly Choice[] = ['never', 'hour', 'day', 'week', 'date'];

/** What the list shows for an end that is set already. */
const AS_IT_IS = 'set';

export interface ExpiryFieldProps {
  /** Unix milliseconds; null if it never ends. */
  value: number | null;
  onChange: (value: number | null) => void;
  disabled?: boolean;
}

/** When a link ends: never, after a while, or at a moment of one's own. */
export function ExpiryField({ value, onChange, disabled = false }: ExpiryFieldProps) {
  const [dated, setDated] = useState(false);
  const now = useNow();
  const t = layerStrings.links;
  const id = useId();
  const choose = (choice: string) => {
    setDated(choice === 'date');
    if (choice === 'never') return onChange(null);
    const after = AFTER[choice as Choice];
    if (after !== undefined) onChange(Date.now() + after);
  };
  return (
    <span className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="sr-only">
        {t.ends}
      </label>
      <select
        id={id}
        disabled={disabled}
        value={dated ? 'date' : value === null ? 'never' : AS_IT_IS}
        onChange={(event) => choose(event.currentTarget.value)}
        className="touch-row h-8 rounded-sm bg-raised px-2 inset-ring inset-ring-line-strong"
      >
        {value !== null && !dated && <option value={AS_IT_IS}>{t.endsOption(momentWords(value, now))}</option>}
        {CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {t.endChoices[choice]}
          </option>
        ))}
      </select>
      {dated && (
        <input
          autoFocus
          type="datetime-local"
          aria-label={t.date}
          disabled={disabled}
          min={localMoment(now)}
          defaultValue={value === null ? '' : localMoment(value)}
          onBlur={(event) => {
            const at = new Date(event.currentTarget.value).getTime();
            if (!Number.isFinite(at) || at <= Date.now()) return;
            setDated(false);
            onChange(at);
          }}
          className="touch-row h-8 rounded-sm bg-raised px-2 inset-ring inset-ring-line-strong"
        />
      )}
    </span>
  );
}

/** As such a field wants it: local time without a zone, to the minute. */
function localMoment(at: number): string {
  const moment = new Date(at);
  const shifted = new Date(at - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
