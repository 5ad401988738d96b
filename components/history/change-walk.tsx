'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import { goToChange, type Marked } from './change-marks.ts';
import { historyStrings } from './history-strings.ts';
import type { PastEditor } from './past-editor.ts';

/** Goes from change to change, with buttons or Alt and the arrows. Other changes want another key: it begins before the first. */
export function ChangeWalk({ marked, editor }: { marked: Marked; editor: PastEditor | null }) {
  const { places } = marked;
  const [index, setIndex] = useState(-1);
  const go = useCallback(
    (step: -1 | 1) => {
      const next = Math.min(places.length - 1, Math.max(0, index + step));
      const place = places[next];
      if (place === undefined || editor === null) return;
      setIndex(next);
      goToChange(editor.view, place);
    },
    [places, index, editor],
  );
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      event.stopPropagation();
      go(event.key === 'ArrowDown' ? 1 : -1);
    };
    // Before the slider and the text, which would take these keys for themselves.
    window.addEventListener('keydown', key, true);
    return () => window.removeEventListener('keydown', key, true);
  }, [go]);
  const many = places.length;
  const words =
    many === 0
      ? historyStrings.noChanges
      : index < 0
        ? historyStrings.changes(many)
        : historyStrings.changeOf(index + 1, many);
  return (
    <div className="flex items-center gap-1">
      <span role="status" className="min-w-0 flex-1 text-md leading-tight font-bold">
        {words}
      </span>
      <IconButton label={historyStrings.previousChange} disabled={index <= 0} onClick={() => go(-1)}>
        <ChevronUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={historyStrings.nextChange} disabled={index >= many - 1} onClick={() => go(1)}>
        <ChevronDown size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
