'use client';

import { Share } from 'lucide-react';
import { useState } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { buttonClass } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { isPhone } from '../ui/use-phone.ts';
import { copyText } from './copy.ts';
import type { LinkManagerProps } from './link-manager.tsx';
import { linkOf, roomLinks, type RoomLinks } from './room-links.ts';
import type { ShareDialogProps } from './share-dialog.tsx';

const dialog = lazyLayer<ShareDialogProps>(() => import('./share-dialog.tsx').then((file) => file.ShareDialog));
const manager = lazyLayer<LinkManagerProps>(() => import('./link-manager.tsx').then((file) => file.LinkManager));

const NO_LINKS: RoomLinks = { edit: null, view: null, owner: null };

export interface ShareButtonProps {
  /** Null until the room is opened. */
  client: RoomClient | null;
  onSay: (words: string) => void;
  /** The page is about to move to another link: true holds the keyboard back meanwhile. */
  onMoving: (moving: boolean) => void;
}

/** One press copies the link, says so, and opens the dialog; from there the owner comes to all links. */
export function ShareButton({ client, onSay, onMoving }: ShareButtonProps) {
  const layer = useLayer(dialog);
  const all = useLayer(manager);
  const [links, setLinks] = useState(NO_LINKS);
  const [copied, setCopied] = useState<boolean | null>(null);
  const press = () => {
    if (layer.open) return layer.toggle();
    if (client === null) return;
    // A fresh room has to exist now, because its link is about to be given away.
    client.publish();
    const { token: visited, role } = client.view();
    const known = roomLinks(visited, role);
    const token = known.edit ?? known.view;
    setLinks(known);
    setCopied(null);
    layer.show();
    if (token === null) return;
    void copyText(linkOf(token)).then((done: boolean) => {
      setCopied(done);
      // On a phone the sheet would lie under the words, and says it itself.
      if (done && !isPhone()) onSay(known.edit === null ? strings.share.viewCopied : strings.share.editCopied);
    });
  };
  const manage = () => {
    layer.toggle();
    all.show();
  };
  return (
    <>
      <button
        ref={layer.ref}
        type="button"
        data-button="share"
        {...layer.props}
        onClick={press}
        className={`${buttonClass('primary')} ms-1.5 max-tablet:me-0.5 max-tablet:ms-0 max-tablet:h-9`}
      >
        <Share size={16} aria-hidden="true" className="max-tablet:hidden" />
        {strings.share.button}
      </button>
      {client !== null && (
        <>
          {layer.render({ client, links, copied, onManage: manage, onMoving })}
          {links.owner !== null && all.render({ client, owner: links.owner }, layer.ref)}
        </>
      )}
    </>
  );
}
