'use client';

import { Check, Copy, Share } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { endWords } from './link-words.ts';
import type { Link } from './links-api.ts';
import { QrCode } from './qr-code.tsx';
import { linkOf } from './room-links.ts';

export type CopyState = 'idle' | 'copied' | 'refused';

export interface LinkCardProps {
  kind: 'edit' | 'view';
  token: string;
  /** What the server says of it; null for whoever is no owner. */
  link: Link | null;
  now: number;
  state: CopyState;
  title: string;
  onCopy: () => void;
  /** What is to be said of this link in particular. */
  children: ReactNode;
}

/** One link as a picture, as words and as an address, with the ways to give it away. */
export function LinkCard({ kind, token, link, now, state, title, onCopy, children }: LinkCardProps) {
  const field = useRef<HTMLInputElement>(null);
  const address = linkOf(token);
  const t = layerStrings.share;
  useEffect(() => {
    if (state === 'refused') field.current?.select();
  }, [state]);
  return (
    <>
      <div className="mt-3.5 flex items-center gap-4">
        <QrCode link={address} />
        <div className="grid min-w-0 gap-2.5">
          <p className="text-md leading-normal">{kind === 'edit' ? t.editHelp : t.viewHelp}</p>
          {link !== null && (
            <p className="text-xs leading-normal text-ink-2">
              {t.cameIn(link.uses)} {endWords(link.expiresAt, now)} {link.password && t.asksForPassword}
            </p>
          )}
          {children}
        </div>
      </div>
      <input
        ref={field}
        readOnly
        value={address}
        aria-label={kind === 'edit' ? t.editLink : t.viewLink}
        onFocus={(event) => event.currentTarget.select()}
        className="mt-3.5 h-9 w-full min-w-0 rounded-sm bg-raised px-2.5 font-mono text-xs text-ellipsis inset-ring inset-ring-line-strong max-tablet:h-11"
      />
      <div className="mt-2.5 flex items-center gap-2.5">
        <Button autoFocus look="primary" onClick={onCopy} className="flex-1 max-tablet:h-11 max-tablet:text-[15px]">
          {state === 'copied' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
          <span aria-live="polite">
            {state === 'copied' ? t.copied : state === 'refused' ? t.selectAndCopy : t.copy}
          </span>
        </Button>
        {typeof navigator.share === 'function' && (
          <Button className="max-tablet:h-11 max-tablet:text-[15px]" onClick={() => send(address, title)}>
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
  );
}

function send(url: string, title: string): void {
  navigator.share({ url, ...(title === '' ? {} : { title }) }).catch(() => {
    // The person closed the system's sheet; nothing was asked of us.
  });
}
