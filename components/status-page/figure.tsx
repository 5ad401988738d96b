import { statusPageStrings } from './status-page-strings.ts';

export interface FigureProps {
  label: string;
  /** Null: not known. */
  value: string | null;
  unit?: string;
  /** It was so some time ago. */
  old: boolean;
  testId: string;
}

/** One number, large. */
export function Figure({ label, value, unit = '', old, testId }: FigureProps) {
  return (
    <div className="min-w-0 border-s border-line ps-4 first:border-s-0 first:ps-0 max-tablet:odd:border-s-0 max-tablet:odd:ps-0">
      <dt className="mb-0.5 text-xs text-ink-2">{label}</dt>
      <dd
        data-testid={testId}
        className={`text-3xl leading-tight font-bold tracking-[-0.015em] ${old ? 'text-ink-3' : ''}`}
      >
        {value ?? statusPageStrings.none}
        {value !== null && unit !== '' && <small className="ms-0.5 text-xs font-normal text-ink-2">{unit}</small>}
      </dd>
    </div>
  );
}
