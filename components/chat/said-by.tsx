import type { ReactNode } from 'react';
import { inkStyle } from '../people/colors.ts';
import { chatStrings } from './chat-strings.ts';

export interface SaidByProps {
  name: string;
  color: number;
  /** Unix milliseconds; null: not told yet. */
  at: number | null;
  /** `at` in words. */
  when: string;
  /** Stands behind the time. */
  children?: ReactNode;
}

/** Who said something, in their colour, and when. */
export function SaidBy({ name, color, at, when, children }: SaidByProps) {
  return (
    <div className="flex min-w-0 items-baseline gap-1.5">
      <bdi style={inkStyle(color)} className="truncate text-sm font-bold text-(--a)">
        {name === '' ? chatStrings.guest : name}
      </bdi>
      {at !== null && (
        <time dateTime={new Date(at).toISOString()} className="flex-none text-xs text-ink-3">
          {when}
        </time>
      )}
      {children}
    </div>
  );
}
