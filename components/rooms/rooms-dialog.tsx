'use client';

import type { DialogProps } from '../room/room-tools.ts';
import { useTextRef } from '../room/use-text-ref.ts';
import { RoomsLayer } from './rooms-layer.tsx';

/** "My rooms" over a room. */
export function RoomsDialog({ tools, onClose }: DialogProps) {
  return <RoomsLayer triggerRef={useTextRef(tools)} onClose={onClose} here={tools.view.token} />;
}
