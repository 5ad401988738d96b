'use client';

import { Share } from 'lucide-react';
import { useState } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { buttonClass } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { isPhone } from '../ui/use-phone.ts';
import { copyText } from './copy.ts';
import { linkOf, roomLinks, type RoomLinks } from './room-links.ts';
import type { ShareDialogProps } from './share-dialog.tsx';

const dialog = lazyLayer<ShareDialogProps>(() => import('./share-dialog.tsx').then((file) => file.ShareDialog));

const NO_LINKS: RoomLinks = { edit: null, view: null, owner: null };

export interface ShareButtonProps {
  view: RoomView;
  /** Makes a fresh room exist, because its link is about to be given away. */
  onPublish: () => void;
  onSay: (words: string) => void;
}

/** One press copies the link, says so, and opens the dialog. */
export function ShareButton({ view, onPublish, onSay }: ShareButtonProps) {
  const layer = useLayer(dialog);
  const [links, setLinks] = useState(NO_LINKS);
  const [copied, setCopied] = useState<boolean | null>(null);
  const press = () => {
    if (layer.open) return layer.toggle();
    onPublish();
    const known = roomLinks(view.token, view.role);
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
  return (
    <>
      <button
        ref={layer.ref}
        type="button"
        {...layer.props}
        onClick={press}
        className={`${buttonClass('primary')} ml-1.5 max-tablet:mr-0.5 max-tablet:ml-0 max-tablet:h-9`}
      >
        <Share size={16} aria-hidden="true" className="max-tablet:hidden" />
        {strings.share.button}
      </button>
      {layer.render({ links, copied, title: view.title })}
    </>
  );
}
