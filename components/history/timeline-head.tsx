import type { KeyboardEvent, Ref } from 'react';

export interface TimelineHeadProps {
  input: Ref<HTMLInputElement>;
  label: string;
  rev: number;
  newest: number;
  /** 0 … 1. */
  place: number;
  /** What a screen reader says of where it stands. */
  words: string;
  onSeek: (rev: number) => void;
  /** Where Page Up (1) and Page Down (−1) lead. */
  onBurst: (step: -1 | 1) => void;
}

/** One head of the timeline. Underneath it is a slider of the browser's, with all that keys and screen readers know of those. */
export function TimelineHead({ input, label, rev, newest, place, words, onSeek, onBurst }: TimelineHeadProps) {
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    onBurst(event.key === 'PageUp' ? 1 : -1);
  };
  return (
    <div
      style={{ insetInlineStart: `${place * 100}%` }}
      className="pointer-events-none absolute top-0 bottom-3.5 w-0.5 -translate-x-1/2 bg-ink rtl:translate-x-1/2"
    >
      <input
        ref={input}
        type="range"
        aria-label={label}
        aria-valuetext={words}
        min={Math.min(1, newest)}
        max={newest}
        step={1}
        value={rev}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        onKeyDown={key}
        className="peer sr-only"
      />
      <span className="absolute -bottom-1.75 left-1/2 size-3.5 -translate-x-1/2 rounded-full bg-ink ring-3 ring-surface peer-focus-visible:outline-2 peer-focus-visible:outline-offset-3 peer-focus-visible:outline-focus" />
    </div>
  );
}
