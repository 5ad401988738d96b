'use client';

import { useEffect, useRef, useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { Button } from './button.tsx';

export interface Choice {
  words: string;
  run: () => void;
}

export interface AskOnceProps {
  /** On the button that leads to the question. */
  words: string;
  label?: string;
  question: string;
  /** At most two ways to go on; both do what cannot be taken back. */
  choices: readonly Choice[];
  busy?: boolean;
  /** Given where the question stands there from the start: called instead of going back to the button. */
  onLeave?: () => void;
}

/** A button that asks once, in its own place, before it does what cannot be taken back. */
export function AskOnce({ words, label = words, question, choices, busy = false, onLeave }: AskOnceProps) {
  const [asking, setAsking] = useState(onLeave !== undefined);
  const trigger = useRef<HTMLButtonElement>(null);
  const [comesBack, setComesBack] = useState(false);
  useEffect(() => {
    if (comesBack && !asking) trigger.current?.focus();
  }, [comesBack, asking]);
  if (!asking) {
    return (
      <Button ref={trigger} small look="quiet" aria-label={label} disabled={busy} onClick={() => setAsking(true)}>
        {words}
      </Button>
    );
  }
  const leave = () => {
    setAsking(false);
    setComesBack(true);
  };
  return (
    <div role="group" aria-label={label} className="order-last grid w-full gap-2.5 rounded-sm bg-sunken p-3">
      <p className="text-md leading-normal">{question}</p>
      <div className="flex flex-wrap gap-2">
        {choices.map(({ words: yes, run }, index) => (
          <Button
            key={yes}
            small
            autoFocus={index === 0}
            look={index === 0 ? 'danger' : 'plain'}
            disabled={busy}
            onClick={() => {
              leave();
              run();
            }}
          >
            {yes}
          </Button>
        ))}
        <Button small look="quiet" onClick={onLeave ?? leave}>
          {layerStrings.links.cancel}
        </Button>
      </div>
    </div>
  );
}
