'use client';

import { useState } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { useNow } from '../ui/use-now.ts';
import { LinkForm } from './link-form.tsx';
import { LinkRow } from './link-row.tsx';
import { momentWords, nameOf } from './link-words.ts';
import type { Link, RoomAccess } from './links-api.ts';
import { RoomControls } from './room-controls.tsx';
import { useAccess } from './use-access.ts';
import { DialogHead } from '../ui/dialog-head.tsx';

export interface LinkManagerProps {
  /** The token of the owner link. */
  owner: string;
  client: RoomClient;
}

/** Every link of the room with all that its owner can do, and what they can do to the room. */
export function LinkManager({ owner: first, client, triggerRef, onClose }: LinkManagerProps & LayerBase) {
  const [owner, setOwner] = useState(first);
  const { known, reload } = useAccess(owner);
  const t = layerStrings.links;
  return (
    <DialogLayer triggerRef={triggerRef} label={t.heading} onClose={onClose}>
      <section className="grid gap-3 p-5 max-tablet:pb-7">
        <DialogHead heading={t.heading} onClose={onClose} />
        {known.kind === 'loading' && (
          <p role="status" className="min-h-6 text-md text-ink-2">
            {known.slow ? t.loading : ''}
          </p>
        )}
        {known.kind === 'failed' && (
          <div className="flex flex-wrap items-center gap-2.5">
            <p role="alert" className="flex-1 text-md text-danger">
              {known.words}
            </p>
            <Button small onClick={() => void reload()}>
              {t.again}
            </Button>
          </div>
        )}
        {known.kind === 'known' && (
          <>
            <Links access={known.access} owner={owner} client={client} onChanged={reload} onOwner={setOwner} />
            <LinkForm owner={owner} onMade={reload} />
            <RoomControls owner={owner} locked={known.access.locked} onChanged={reload} onDeleted={onClose} />
          </>
        )}
      </section>
    </DialogLayer>
  );
}

interface LinksProps extends LinkManagerProps {
  access: RoomAccess;
  onChanged: () => Promise<void>;
  onOwner: (token: string) => void;
}

function Links({ access, owner, client, onChanged, onOwner }: LinksProps) {
  const open = access.links.filter((link) => link.revokedAt === null);
  const revoked = access.links.filter((link) => link.revokedAt !== null);
  // What is given away first; the owner's own key last.
  const sorted = [...open.filter((link) => link.role !== 'owner'), ...open.filter((link) => link.role === 'owner')];
  return (
    <div>
      <ul>
        {sorted.map((link) => (
          <LinkRow key={link.id} link={link} owner={owner} client={client} onChanged={onChanged} onOwner={onOwner} />
        ))}
      </ul>
      {revoked.length > 0 && <Revoked links={revoked} />}
    </div>
  );
}

function Revoked({ links }: { links: readonly Link[] }) {
  const now = useNow();
  const t = layerStrings.links;
  return (
    <details className="border-t border-line pt-2.5 text-ink-2">
      <summary className="touch-row rounded-sm py-1">{t.revoked(links.length)}</summary>
      <ul className="grid gap-1 pt-1.5 ps-4 text-xs">
        {links.map((link) => (
          <li key={link.id}>
            {nameOf(link)}
            {' · '}
            {t.revokedAt(momentWords(link.revokedAt ?? 0, now))}
            {' · '}
            {layerStrings.share.cameIn(link.uses)}
          </li>
        ))}
      </ul>
    </details>
  );
}
