'use client';

import { Segmented } from '../ui/segmented.tsx';

interface NumbersChoiceProps<Value extends number> {
  label: string;
  value: Value;
  values: readonly Value[];
  words: (value: Value) => string;
  onChange: (value: Value) => void;
}

/** A choice of a few numbers, side by side. */
export function NumbersChoice<Value extends number>({
  label,
  value,
  values,
  words,
  onChange,
}: NumbersChoiceProps<Value>) {
  return (
    <Segmented
      label={label}
      value={String(value)}
      options={values.map((one) => ({ value: String(one), words: words(one) }))}
      onChange={(chosen) => {
        const found = values.find((one) => String(one) === chosen);
        if (found !== undefined) onChange(found);
      }}
    />
  );
}
