'use client';

import { useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from './fault-line.tsx';
import { lockRoom } from './links-api.ts';
import { roomLinks } from './room-links.ts';
import { useAct } from './use-act.ts';

/** For the owner of a locked room; nothing for anybody else. */
export function UnlockButton({ view }: { view: RoomView }) {
  const [owner] = useState(() => roomLinks(view.token, view.role).owner);
  const { busy, fault, act } = useAct();
  if (owner === null) return null;
  return (
    <>
      <Button small disabled={busy} onClick={() => act(() => lockRoom(owner, false))}>
        {layerStrings.links.unlock}
      </Button>
      <FaultLine words={fault} />
    </>
  );
}
