'use client';

import type { ReactNode } from 'react';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { historyStrings } from './history-strings.ts';

export interface MomentAct {
  words: string;
  icon: ReactNode;
  run: () => void;
}

/** What is done with a moment seldom. */
export function MomentMenu({ acts, triggerRef, onClose }: { acts: readonly MomentAct[] } & LayerBase) {
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={historyStrings.more} width="264px" placement="top end">
      <div className="grid gap-0.5 p-2 max-tablet:px-4 max-tablet:py-4">
        {acts.map(({ words, icon, run }) => (
          <button
            key={words}
            type="button"
            onClick={() => {
              onClose();
              run();
            }}
            className="touch-row flex h-8 w-full items-center gap-2.5 rounded-sm px-2 text-start hover:bg-hover"
          >
            <span className="text-ink-2">{icon}</span>
            {words}
          </button>
        ))}
      </div>
    </Layer>
  );
}
