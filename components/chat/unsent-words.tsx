'use client';

import { Button } from '../ui/button.tsx';
import type { Unsent } from './chat-row.ts';
import { chatStrings } from './chat-strings.ts';
import { useLater } from './use-later.ts';

/** A healthy network answers sooner, so that nothing flickers. In ms. */
const SENDING_MS = 600;

export interface UnsentWordsProps {
  unsent: Unsent;
  onRetry: () => void;
  onDrop: () => void;
}

/** Why something that was said is not there yet, and what can be done. */
export function UnsentWords({ unsent, onRetry, onDrop }: UnsentWordsProps) {
  const isLate = useLater(SENDING_MS);
  switch (unsent.kind) {
    case 'sending':
      return isLate ? <p className="text-xs text-ink-3">{chatStrings.sending}</p> : null;
    case 'offline':
      return <p className="text-xs text-brass">{chatStrings.waits}</p>;
    case 'locked':
      return <p className="text-xs text-brass">{chatStrings.waitsForUnlock}</p>;
    case 'notSent':
      return (
        <div>
          <p className="text-xs text-danger">
            {chatStrings.notSent} {unsent.why ?? chatStrings.lost}
          </p>
          <div className="mt-1 flex gap-1">
            {unsent.why !== null && (
              <Button small onClick={onRetry}>
                {chatStrings.retry}
              </Button>
            )}
            <Button small look="quiet" onClick={onDrop}>
              {chatStrings.drop}
            </Button>
          </div>
        </div>
      );
  }
}
