'use client';

import { useId, type ReactNode } from 'react';

interface Option<Value extends string> {
  value: Value;
  words: string;
  icon?: ReactNode;
}

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
}

/** A choice of a few, side by side: radio buttons underneath, so that arrows and screen readers work by themselves. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className="flex rounded-[8px] bg-sunken p-0.75">
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-7.5 flex-1 items-center justify-center gap-1.5 rounded-sm px-2 font-medium text-ink-2 has-checked:bg-raised has-checked:font-semibold has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus max-tablet:h-9.5 max-tablet:text-md"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 m-0 appearance-none rounded-sm outline-none"
          />
          {option.icon}
          {option.words}
        </label>
      ))}
    </div>
  );
}
