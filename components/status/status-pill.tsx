'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { pastMoment } from './past-moment.ts';
import type { StatusDetailsProps } from './status-details.tsx';
import { StatusGlyph } from './status-glyph.tsx';
import { isTrouble, pastWords, statusWords, type Tone } from './status-words.ts';

const details = lazyLayer<StatusDetailsProps>(() => import('./status-details.tsx').then((file) => file.StatusDetails));

const TONES: Record<Tone, string> = {
  quiet: 'text-ink-2 hover:bg-hover',
  trouble: 'bg-brass-tint text-brass',
  reading: 'bg-sunken text-ink-2',
  lost: 'bg-danger-tint text-danger',
};

/** How long "Saved" stays bold after trouble ended. */
const RELIEF_MS = 2000;

/** Where the text is, in three dots and a word; opens StatusDetails. */
export function StatusPill({ view, onRetry, onDownload }: { view: RoomView } & Omit<StatusDetailsProps, 'view'>) {
  const layer = useLayer(details);
  const relieved = useRelief(isTrouble(view.status), view.status.kind === 'saved');
  const past = useSyncExternalStore(pastMoment.subscribe, pastMoment.get, () => null);
  // What happens to the text comes first.
  const words = past === null || isTrouble(view.status) ? statusWords(view) : pastWords(past);
  const said = words.detail === null ? words.word : `${words.word} ${words.detail}`;
  const glyphOnly = view.status.kind === 'saved' && past === null ? 'max-tablet:sr-only' : '';
  return (
    <>
      <button
        ref={layer.ref}
        type="button"
        data-testid="status"
        data-status={view.status.kind}
        data-unsaved={view.unsaved}
        data-kept={view.dots.device}
        title={said}
        {...layer.props}
        onClick={layer.toggle}
        className={`touch inline-flex h-6.5 flex-none items-center gap-1.75 rounded-full py-0 pe-2.5 ps-2 whitespace-nowrap transition-colors duration-(--fast) max-tablet:h-8 max-tablet:px-2 ${TONES[words.tone]}`}
      >
        <StatusGlyph glyph={words.glyph} green={view.status.kind === 'saved'} />
        <span>
          <span className={`${words.strong || relieved ? 'font-semibold' : ''} ${glyphOnly}`}>{words.word}</span>
          {words.detail !== null && <span className="max-tablet:sr-only"> {words.detail}</span>}
        </span>
      </button>
      {layer.render({ view, onRetry, onDownload })}
    </>
  );
}

/** True for 2 s from the moment at which trouble became "Saved". */
function useRelief(trouble: boolean, saved: boolean): boolean {
  const wasTrouble = useRef(false);
  const [relieved, setRelieved] = useState(false);
  useEffect(() => {
    if (trouble) wasTrouble.current = true;
    if (!saved || !wasTrouble.current) return;
    wasTrouble.current = false;
    setRelieved(true);
    const timer = setTimeout(() => setRelieved(false), RELIEF_MS);
    return () => {
      clearTimeout(timer);
      setRelieved(false);
    };
  }, [trouble, saved]);
  return relieved;
}
