'use client';

import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { isNameToken, type RoomClient } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from './fault-line.tsx';
import { takeRandomLink } from './link-acts.ts';
import { useAct } from './use-act.ts';

export interface GuessableNameProps {
  client: RoomClient;
  token: string;
  /** Null for whoever cannot change it. */
  owner: string | null;
  onMoving: (moving: boolean) => void;
}

/** Warns of a link that can be guessed, and lets the owner put a random one in its place. Nothing for any other link. */
export function GuessableName({ client, token, owner, onMoving }: GuessableNameProps) {
  const { busy, fault, act } = useAct();
  const [waits, setWaits] = useState(false);
  const t = layerStrings.share;
  if (!isNameToken(token)) return null;
  const replace = (ownerToken: string) =>
    act(async () => {
      // What would be typed from here on might not arrive by this link any more.
      onMoving(true);
      try {
        const isOpen = token === client.view().token;
        await takeRandomLink(ownerToken, token, { client, isOpen, onWaits: setWaits });
      } catch (error) {
        onMoving(false);
        throw error;
      }
    });
  return (
    <div className="grid justify-items-start gap-1.5">
      <p className="flex gap-1.5 text-xs text-brass">
        <TriangleAlert size={14} aria-hidden="true" className="mt-0.5" />
        {t.guessable(token)}
      </p>
      {owner !== null && (
        <Button small look="link" className="-ms-2.5" disabled={busy} onClick={() => replace(owner)}>
          {t.useRandom}
        </Button>
      )}
      {waits && (
        <p role="status" className="text-xs text-ink-2">
          {t.movesWhenSaved}
        </p>
      )}
      <FaultLine words={fault} />
    </div>
  );
}
