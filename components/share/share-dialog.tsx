'use client';

import { Check, Copy, Eye, KeyRound, Pencil, Share, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isNameToken } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { copyText } from './copy.ts';
import { QrCode } from './qr-code.tsx';
import { linkOf, type RoomLinks } from './room-links.ts';

export interface ShareDialogProps {
  links: RoomLinks;
  /** Did the press that opened this copy the link? Null while that is open. */
  copied: boolean | null;
  title: string;
}

type Kind = 'edit' | 'view';
type CopyState = 'idle' | 'copied' | 'refused';

/** The link to give away: what it allows, as an address, as a picture, and to the phone's own ways of sending. */
export function ShareDialog({ links, copied, title, triggerRef, onClose }: ShareDialogProps & LayerBase) {
  const [kind, setKind] = useState<Kind>(links.edit === null ? 'view' : 'edit');
  const [copies, setCopies] = useState<Partial<Record<Kind | 'owner', CopyState>>>({});
  const field = useRef<HTMLInputElement>(null);
  const opened: CopyState = copied === null ? 'idle' : copied ? 'copied' : 'refused';
  const first: Kind = links.edit === null ? 'view' : 'edit';
  const state = copies[kind] ?? (kind === first ? opened : 'idle');
  const token = kind === 'edit' ? links.edit : links.view;
  const link = token === null ? null : linkOf(token);
  const { owner } = links;
  const t = layerStrings.share;

  useEffect(() => {
    if (state === 'refused') field.current?.select();
  }, [state]);

  const copy = async (which: Kind | 'owner', address: string) => {
    const done = await copyText(address);
    setCopies((before) => ({ ...before, [which]: done ? 'copied' : 'refused' }));
  };

  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={t.heading} width="388px">
      <section className="p-4 max-tablet:px-5 max-tablet:pt-2.5 max-tablet:pb-7">
        <div className="mb-3 flex items-center gap-2.5">
          <h2 className="flex-1 text-[15px] leading-tight font-bold">{t.heading}</h2>
          <IconButton label={strings.notice.dismiss} onClick={onClose} className="-my-1.5 -mr-1.5">
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {links.edit !== null && links.view !== null && (
          <Segmented
            label={t.role}
            value={kind}
            onChange={setKind}
            options={[
              { value: 'edit', words: t.canEdit, icon: <Pencil size={14} aria-hidden="true" /> },
              { value: 'view', words: t.canView, icon: <Eye size={15} aria-hidden="true" /> },
            ]}
          />
        )}
        {link === null || token === null ? (
          <p className="text-md leading-normal">{t.ownerOnly}</p>
        ) : (
          <>
            <div className="mt-3.5 flex items-center gap-4">
              <QrCode link={link} />
              <div className="grid min-w-0 gap-2.5">
                <p className="text-md leading-normal">{kind === 'edit' ? t.editHelp : t.viewHelp}</p>
                {isNameToken(token) && (
                  <p className="flex gap-1.5 text-xs text-brass">
                    <TriangleAlert size={14} aria-hidden="true" className="mt-0.5" />
                    {t.guessable(token)}
                  </p>
                )}
              </div>
            </div>
            <input
              ref={field}
              readOnly
              value={link}
              aria-label={kind === 'edit' ? t.editLink : t.viewLink}
              onFocus={(event) => event.currentTarget.select()}
              className="mt-3.5 h-9 w-full min-w-0 rounded-sm bg-raised px-2.5 font-mono text-xs text-ellipsis inset-ring inset-ring-line-strong max-tablet:h-11"
            />
            <div className="mt-2.5 flex items-center gap-2.5">
              <Button
                autoFocus
                look="primary"
                onClick={() => void copy(kind, link)}
                className="flex-1 max-tablet:h-11 max-tablet:text-[15px]"
              >
                {state === 'copied' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
                <span aria-live="polite">
                  {state === 'copied' ? t.copied : state === 'refused' ? t.selectAndCopy : t.copy}
                </span>
              </Button>
              {typeof navigator.share === 'function' && (
                <Button className="max-tablet:h-11 max-tablet:text-[15px]" onClick={() => send(link, title)}>
                  <Share size={16} aria-hidden="true" />
                  {t.send}
                </Button>
              )}
            </div>
            {state === 'refused' && (
              <p role="status" className="mt-2.5 text-xs leading-normal text-ink-2">
                {t.notCopied}
              </p>
            )}
          </>
        )}
        {owner !== null && (
          <OwnerLine state={copies.owner ?? 'idle'} onCopy={() => void copy('owner', linkOf(owner))} />
        )}
      </section>
    </Layer>
  );
}

/** Only in the browser that made the room: the one link that is worth keeping. */
function OwnerLine({ state, onCopy }: { state: CopyState; onCopy: () => void }) {
  const t = layerStrings.share;
  return (
    <div className="-mx-4 mt-3.5 flex items-center gap-2.5 border-t border-line px-4 pt-3 max-tablet:-mx-5 max-tablet:px-5">
      <KeyRound size={16} aria-hidden="true" className="flex-none text-brass" />
      <span className="flex-1 text-xs leading-[1.4] text-ink-2">{t.owner}</span>
      <Button look="link" className="px-1" onClick={onCopy}>
        <span aria-live="polite">
          {state === 'copied' ? t.ownerCopied : state === 'refused' ? t.ownerNotCopied : t.ownerCopy}
        </span>
      </Button>
    </div>
  );
}

function send(link: string, title: string): void {
  navigator.share({ url: link, ...(title === '' ? {} : { title }) }).catch(() => {
    // The person closed the system's sheet; nothing was asked of us.
  });
}
