'use client';

import { useEffect, useRef, useState } from 'react';
import { MAX_TITLE } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';

export interface RoomTitleProps {
  title: string;
  canEdit: boolean;
  onChange: (title: string) => void;
}

/** What the room is called. A press turns it into a field; Enter or leaving keeps, Esc reverts. */
export function RoomTitle({ title, canEdit, onChange }: RoomTitleProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const rest = useRef<HTMLButtonElement>(null);
  const backToRest = useRef(false);
  const shown = title === '' ? strings.title.untitled : title;

  useEffect(() => {
    if (typed !== null || !backToRest.current) return;
    backToRest.current = false;
    rest.current?.focus();
  }, [typed]);

  if (!canEdit) {
    return (
      <span className="min-w-0 truncate px-1.5 py-1 text-md font-semibold max-tablet:text-[15px]">
        <bdi>{shown}</bdi>
      </span>
    );
  }
  if (typed === null) {
    return (
      <button
        ref={rest}
        type="button"
        data-button="rename"
        title={strings.title.label}
        aria-label={strings.title.edit(shown)}
        onClick={() => setTyped(title)}
        className="touch min-w-0 truncate rounded-sm px-1.5 py-1 text-start text-md font-semibold hover:bg-hover max-tablet:min-w-13 max-tablet:text-[15px]"
      >
        <bdi>{shown}</bdi>
      </button>
    );
  }
  const leave = (keep: boolean, byKey: boolean) => {
    const next = typed.replace(/\s+/gu, ' ').trim();
    if (keep && next !== title) onChange(next);
    backToRest.current = byKey;
    setTyped(null);
  };
  return (
    <span className="relative inline-grid min-w-0">
      {/* The invisible twin makes the field as wide as its words. */}
      <span
        aria-hidden="true"
        className="invisible col-start-1 row-start-1 max-w-96 overflow-hidden px-1.5 py-1 text-md font-semibold whitespace-pre"
      >
        {typed === '' ? strings.title.untitled : typed}
      </span>
      <input
        autoFocus
        size={1}
        value={typed}
        maxLength={MAX_TITLE}
        placeholder={strings.title.untitled}
        aria-label={strings.title.label}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => leave(true, false)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') leave(true, true);
          if (event.key === 'Escape') leave(false, true);
        }}
        className="col-start-1 row-start-1 min-w-24 rounded-sm bg-raised px-1.5 py-1 text-md font-semibold inset-ring inset-ring-line-strong max-tablet:text-[16px]"
      />
    </span>
  );
}
