'use client';

import { useState } from 'react';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import { dateWords } from '../words/dates.ts';
import type { ChartCanvasProps } from './chart-canvas.tsx';
import type { Line } from './line.ts';
import { numeral, topOf } from './numbers.ts';
import { statusPageStrings } from './status-page-strings.ts';

export interface LiveChartProps {
  heading: string;
  /** Written behind values, such as `ms`. */
  unit: string;
  times: readonly number[];
  lines: readonly Line[];
}

const MINUTE = 60_000;
/** The width stands for the least of these that has everything, in minutes. */
const SPANS = [1, 2, 5, 10];
/** Rows of the table … */
const ROWS = 12;
/** … and how many seconds lie between two of them. */
const STEP = 5;

const canvas = lazyPart<ChartCanvasProps>(async () => (await import('./chart-canvas.tsx')).ChartCanvas);

/** A chart that moves once a second, with the same numbers as a table behind it. */
export function LiveChart({ heading, unit, times, lines }: LiveChartProps) {
  const t = statusPageStrings;
  const first = times[0] ?? 0;
  const age = (times.at(-1) ?? first) - first;
  const minutes = SPANS.find((span) => age <= span * MINUTE) ?? SPANS.at(-1) ?? 1;
  const all = lines.flatMap(({ values }) => values);
  const top = topOf(all);
  const most = Math.max(0, ...all.map((value) => value ?? 0));
  const withUnit = (value: number) => (unit === '' ? numeral(value) : `${numeral(value)} ${unit}`);
  const latest = lines.map(({ name, values }) => {
    const value = values.at(-1) ?? null;
    const words = value === null ? t.nothingYet : withUnit(value);
    return lines.length > 1 ? `${name} ${words}` : words;
  });
  return (
    <section className="min-w-0">
      <div className="flex h-6 items-center gap-3">
        <h2 className="flex-1 text-md font-semibold">{heading}</h2>
        {lines.length > 1 &&
          lines.map(({ name, color }) => (
            <span key={name} className="flex items-center gap-1.5 text-xs text-ink-2">
              <span aria-hidden="true" className="h-0.5 w-3 rounded-full" style={{ background: `var(${color})` }} />
              {name}
            </span>
          ))}
      </div>
      <div
        role="img"
        aria-label={t.chartAs(heading, latest.join(', '), withUnit(most))}
        data-testid="chart"
        className="relative mt-2 h-36 border-y border-line"
      >
        <div aria-hidden="true" className="absolute inset-x-0 top-1/2 border-t border-line" />
        <Part part={canvas} props={{ times, lines, top, span: minutes * MINUTE }} />
        <span className="absolute end-0 top-1 bg-canvas ps-1 text-2xs text-ink-3">{withUnit(top)}</span>
      </div>
      <div aria-hidden="true" className="mt-1 flex justify-between text-2xs text-ink-3">
        <span>{t.minutesAgo(minutes)}</span>
        <span>{t.now}</span>
      </div>
      <ChartTable heading={heading} times={times} lines={lines} withUnit={withUnit} />
    </section>
  );
}

interface ChartTableProps {
  heading: string;
  times: readonly number[];
  lines: readonly Line[];
  withUnit: (value: number) => string;
}

/** The newest minute in words. Drawn only while it is open: it changes every second. */
function ChartTable({ heading, times, lines, withUnit }: ChartTableProps) {
  const t = statusPageStrings;
  const [isOpen, setOpen] = useState(false);
  const rows = isOpen
    ? Array.from({ length: ROWS }, (_, row) => times.length - 1 - row * STEP).filter((at) => at >= 0)
    : [];
  return (
    <details className="mt-1 text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="touch w-fit cursor-default rounded-sm text-ink-2 hover:text-ink">{t.asTable}</summary>
      <table className="mt-1.5 w-full border-collapse" aria-label={heading}>
        <thead>
          <tr className="border-b border-line text-start text-ink-2">
            <th scope="col" className="py-1 text-start font-normal">
              {t.time}
            </th>
            {lines.map(({ name }) => (
              <th key={name} scope="col" className="py-1 text-end font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => (
            <tr key={times[at]} className="border-b border-line">
              <th scope="row" className="py-1 text-start font-normal">
                {dateWords(times[at] ?? 0, { timeStyle: 'medium' })}
              </th>
              {lines.map(({ name, values }) => {
                const value = values[at] ?? null;
                return (
                  <td key={name} className="py-1 text-end">
                    {value === null ? t.none : withUnit(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
