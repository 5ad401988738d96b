'use client';

import { useId } from 'react';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import type { Pretence } from './bad-network.ts';
import { inspectorStrings as t } from './inspector-strings.ts';

const FIRST: { [Kind in 'offline' | 'slow' | 'lossy']: Extract<Pretence, { kind: Kind }> } = {
  offline: { kind: 'offline' },
  slow: { kind: 'slow', delay: 400 },
  lossy: { kind: 'lossy', loss: 10 },
};

/** What the network is to pretend, for this tab. */
export function PretenceForm({ now, onChange }: { now: Pretence; onChange: (next: Pretence) => void }) {
  return (
    <div className="grid gap-2 border-t border-line pt-2">
      <div className="-mx-2">
        <Switch
          words={t.pretend}
          on={now.kind !== 'none'}
          onChange={(on) => onChange(on ? FIRST.slow : { kind: 'none' })}
        />
      </div>
      {now.kind !== 'none' && (
        <Segmented
          label={t.kind}
          value={now.kind}
          onChange={(kind) => onChange(FIRST[kind])}
          options={[
            { value: 'offline', words: t.offline },
            { value: 'slow', words: t.slow },
            { value: 'lossy', words: t.lossy },
          ]}
        />
      )}
      {now.kind === 'slow' && (
        <Range
          words={t.delay}
          value={now.delay}
          most={3_000}
          step={50}
          shown={t.ms(now.delay)}
          onChange={(delay) => onChange({ kind: 'slow', delay })}
        />
      )}
      {now.kind === 'lossy' && (
        <Range
          words={t.loss}
          value={now.loss}
          most={50}
          step={1}
          shown={t.percent(now.loss)}
          onChange={(loss) => onChange({ kind: 'lossy', loss })}
        />
      )}
      <p className="text-xs text-ink-3">{t.onlyHere}</p>
    </div>
  );
}

interface RangeProps {
  words: string;
  value: number;
  most: number;
  step: number;
  shown: string;
  onChange: (value: number) => void;
}

function Range({ words, value, most, step, shown, onChange }: RangeProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-3">
      <label htmlFor={id} className="w-16 text-ink-2">
        {words}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="min-w-0 flex-1 accent-brass-fill"
      />
      <span className="w-15 text-end">{shown}</span>
    </div>
  );
}
