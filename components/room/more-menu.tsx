'use client';

import { Ellipsis } from 'lucide-react';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import type { MoreListProps } from './more-list.tsx';

const list = lazyLayer<MoreListProps>(() => import('./more-list.tsx').then((file) => file.MoreList));

/** Everything that is not needed every minute. */
export function MoreMenu(props: MoreListProps) {
  const layer = useLayer(list);
  return (
    <>
      <IconButton
        ref={layer.ref}
        label={strings.more.label}
        {...layer.props}
        onClick={layer.toggle}
        className="max-tablet:size-11"
      >
        <Ellipsis size={16} aria-hidden="true" />
      </IconButton>
      {layer.render(props)}
    </>
  );
}
