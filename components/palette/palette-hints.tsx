import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.hints;

/** What may be typed first; a press types it. */
const HINTS = [
  { sign: '#', words: t.headings },
  { sign: '@', words: t.people },
  { sign: ':', words: t.line },
] as const;

/** The ways to look for one kind of thing only. They are for the pointer: with keys one types the sign itself. */
export function PaletteHints({ onAsk }: { onAsk: (query: string) => void }) {
  return (
    <div className="flex flex-none gap-1 border-t border-line px-2.5 py-1.5 text-xs text-ink-2">
      {HINTS.map(({ sign, words }) => (
        <button
          key={sign}
          type="button"
          tabIndex={-1}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onAsk(sign)}
          className="touch flex h-6 items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover"
        >
          <kbd className="rounded-xs bg-sunken px-1.25 font-mono text-2xs leading-4.5 font-medium">{sign}</kbd>
          {words}
        </button>
      ))}
    </div>
  );
}
