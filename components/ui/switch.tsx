'use client';

interface SwitchProps {
  words: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** On or off, with its words on the left; the whole row is the target. */
export function Switch({ words, on, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      onClick={() => onChange(!on)}
      className="touch-row flex h-8 w-full items-center justify-between gap-4 rounded-sm px-2 text-start hover:bg-hover"
    >
      {words}
      <span
        aria-hidden="true"
        className={`relative h-5 w-8.5 flex-none rounded-full transition-colors duration-(--fast) ${on ? 'bg-accent' : 'bg-line-strong'}`}
      >
        <span
          className={`absolute top-0.75 size-3.5 rounded-full bg-raised transition-[inset-inline-start] duration-(--fast) ${on ? 'start-4.25' : 'start-0.75'}`}
        />
      </span>
    </button>
  );
}
