'use client';

import { useEffect } from 'react';
import { pageStrings } from '../page-strings.ts';
import { tokenInAddress } from '../room/token-in-address.ts';
import { Button } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { markGone, type Gone } from './recent-rooms.ts';
import type { RoomsLayerProps } from './rooms-layer.tsx';

const layer = lazyLayer<RoomsLayerProps>(() => import('./rooms-layer.tsx').then((file) => file.RoomsLayer));

/** "My rooms" on a page whose link opens no room, which is marked there. */
export function MyRoomsButton({ gone }: { gone: Gone }) {
  const rooms = useLayer(layer);
  useEffect(() => {
    const token = tokenInAddress();
    if (token !== null) markGone(token, gone);
  }, [gone]);
  return (
    <>
      <Button ref={rooms.ref} look="quiet" {...rooms.props} onClick={rooms.toggle}>
        {pageStrings.missing.rooms}
      </Button>
      {rooms.render({ here: null })}
    </>
  );
}
