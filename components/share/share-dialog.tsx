'use client';

import { ChevronRight, Eye, KeyRound, Link2, Pencil, X } from 'lucide-react';
import { useState } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { useNow } from '../ui/use-now.ts';
import { Segmented } from '../ui/segmented.tsx';
import { copyText } from './copy.ts';
import { givenLinks } from './given-links.ts';
import { GuessableName } from './guessable-name.tsx';
import { LinkCard, type CopyState } from './link-card.tsx';
import { linkOf, type RoomLinks } from './room-links.ts';
import { useAccess } from './use-access.ts';

export interface ShareDialogProps {
  client: RoomClient;
  /** What this browser knows; the server knows better, and tells the owner. */
  links: RoomLinks;
  /** Did the press that opened this copy the link? Null while that is open. */
  copied: boolean | null;
  onManage: () => void;
  /** See `ShareButtonProps`. */
  onMoving: (moving: boolean) => void;
}

type Kind = 'edit' | 'view';

/** The link to give away: what it allows, as an address, as a picture, and to the phone's own ways of sending. */
export function ShareDialog({
  client,
  links,
  copied,
  onManage,
  onMoving,
  triggerRef,
  onClose,
}: ShareDialogProps & LayerBase) {
  const { known, reload } = useAccess(links.owner);
  const now = useNow();
  const given = givenLinks(links, known.kind === 'known' ? known.access.links : null, now);
  const first: Kind = links.edit === null && links.view !== null ? 'view' : 'edit';
  const [chosen, setChosen] = useState<Kind | null>(null);
  const [copies, setCopies] = useState<Partial<Record<Kind | 'owner', CopyState>>>({});
  const kind: Kind = chosen ?? (given[first] === null && given.view !== null ? 'view' : first);
  const opened: CopyState = copied === null ? 'idle' : copied ? 'copied' : 'refused';
  const shown = given[kind];
  // What the press copied may be another link than the one that the server says is the right one.
  const isOpened = kind === first && shown !== null && shown.token === links[first];
  const state = copies[kind] ?? (isOpened ? opened : 'idle');
  const { owner } = links;
  const t = layerStrings.share;

  const copy = async (which: Kind | 'owner', token: string) => {
    const done = await copyText(linkOf(token));
    setCopies((before) => ({ ...before, [which]: done ? 'copied' : 'refused' }));
  };
  const choose = (next: Kind) => {
    setChosen(next);
    const link = given[next];
    // One press for either link, as the one that opened this.
    if (link !== null) void copy(next, link.token);
  };

  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={t.heading} width="388px">
      <section className="p-4 max-tablet:px-5 max-tablet:pt-2.5 max-tablet:pb-7">
        <div className="mb-3 flex items-center gap-2.5">
          <h2 className="flex-1 text-[15px] leading-tight font-bold">{t.heading}</h2>
          <IconButton label={strings.notice.dismiss} onClick={onClose} className="-my-1.5 -me-1.5">
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {given.edit !== null && given.view !== null && (
          <Segmented
            label={t.role}
            value={kind}
            onChange={choose}
            options={[
              { value: 'edit', words: t.canEdit, icon: <Pencil size={14} aria-hidden="true" /> },
              { value: 'view', words: t.canView, icon: <Eye size={15} aria-hidden="true" /> },
            ]}
          />
        )}
        {shown !== null && (
          <LinkCard
            key={shown.token}
            kind={kind}
            token={shown.token}
            link={shown.link}
            now={now}
            state={state}
            title={client.view().title}
            onCopy={() => void copy(kind, shown.token)}
          >
            <GuessableName client={client} token={shown.token} owner={owner} onMoving={onMoving} />
          </LinkCard>
        )}
        {shown === null && (
          <div className="flex items-center gap-2.5">
            <p role="status" className="min-h-6 flex-1 text-md leading-normal">
              {wordsOf(known)}
            </p>
            {known.kind === 'failed' && (
              <Button small onClick={() => void reload()}>
                {layerStrings.links.again}
              </Button>
            )}
          </div>
        )}
        {owner !== null && (
          <div className="-mx-4 mt-3.5 grid gap-1 border-t border-line px-4 pt-2 max-tablet:-mx-5 max-tablet:px-5">
            <button
              type="button"
              onClick={onManage}
              className="touch-row -mx-2 flex h-8 items-center gap-2.5 rounded-sm px-2 text-start hover:bg-hover"
            >
              <Link2 size={16} aria-hidden="true" className="text-ink-2" />
              <span className="flex-1">{t.manage}</span>
              <ChevronRight size={16} aria-hidden="true" className="text-ink-3" />
            </button>
            <OwnerLine state={copies.owner ?? 'idle'} onCopy={() => void copy('owner', owner)} />
          </div>
        )}
      </section>
    </Layer>
  );
}

function wordsOf(known: ReturnType<typeof useAccess>['known']): string {
  switch (known.kind) {
    case 'loading':
      return known.slow ? layerStrings.links.loading : '';
    case 'failed':
      return known.words;
    case 'known':
      return layerStrings.share.noLink;
  }
}

/** Only for the owner: the one link that is worth keeping. */
function OwnerLine({ state, onCopy }: { state: CopyState; onCopy: () => void }) {
  const t = layerStrings.share;
  return (
    <div className="flex items-center gap-2.5">
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
