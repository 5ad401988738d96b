import { useEffect, useRef } from 'react';
import { Kbd } from '../ui/kbd.tsx';
import type { Row } from './find.ts';
import { keyOf } from './key-of.ts';
import { MarkedWords } from './marked-words.tsx';

export interface PaletteRowProps {
  id: string;
  row: Row;
  /** Does Enter run it? */
  active: boolean;
  onPoint: () => void;
  onRun: () => void;
}

/** One thing that was found. The field keeps the focus and says by `aria-activedescendant` which row is meant. */
export function PaletteRow({ id, row: { one, ranges }, active, onPoint, onRun }: PaletteRowProps) {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const Icon = one.icon;
  return (
    <button
      type="button"
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      // A press must not take the focus out of the field.
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={active ? undefined : onPoint}
      onClick={onRun}
      className="touch-row flex min-h-9.5 w-full scroll-my-8 items-center gap-2.75 rounded-sm px-2.5 text-start text-md aria-selected:bg-selected forced-colors:aria-selected:outline-2"
    >
      <span className="w-4 flex-none text-ink-2">{Icon !== undefined && <Icon size={16} aria-hidden="true" />}</span>
      <span className="min-w-0 truncate">
        <MarkedWords words={one.words} ranges={ranges} />
      </span>
      {one.detail !== undefined && (
        <span className="min-w-0 flex-1 truncate text-xs text-ink-2">
          <bdi>{one.detail}</bdi>
        </span>
      )}
      {one.keys !== undefined && (
        <span className="ms-auto max-tablet:hidden">
          <Kbd keys={keyOf(one.keys)} />
        </span>
      )}
    </button>
  );
}
