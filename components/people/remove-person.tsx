'use client';

import { layerStrings } from '../layer-strings.ts';
import { renewLink } from '../share/link-acts.ts';
import { removePerson, type Link } from '../share/links-api.ts';
import { FaultLine } from '../share/fault-line.tsx';
import { useAct } from '../share/use-act.ts';
import { AskOnce } from '../ui/ask-once.tsx';
import type { RoomClient } from '../../lib/client/index.ts';
import type { Present } from './crowd.ts';

export interface RemovePersonProps {
  one: Present;
  /** The token of the owner link. */
  owner: string;
  client: RoomClient;
  links: readonly Link[];
  onRemoved: () => Promise<void>;
  /** Nobody is to be put out after all. */
  onLeave: () => void;
}

/** For the owner: puts somebody out, and, if that should last whatever they do, gives their link another address. */
export function RemovePerson({ one, owner, client, links, onRemoved, onLeave }: RemovePersonProps) {
  const { busy, fault, act } = useAct();
  const t = layerStrings.removal;
  // Somebody who came by the owner link is an owner too: a new address of that would put ourselves out first.
  const link = links.find(
    ({ role, here }) => role !== 'owner' && here.some(({ author }) => one.authors.includes(author)),
  );
  const remove = (renewed: Link | null) =>
    act(async () => {
      for (const author of one.authors) await removePerson(owner, author);
      if (renewed !== null) {
        const isOpen = renewed.token === client.view().token;
        await renewLink(owner, renewed, { client, isOpen, onWaits: () => undefined });
      }
      await onRemoved();
    });
  return (
    <>
      <AskOnce
        words={t.remove}
        label={t.removeLabel(one.name)}
        question={t.ask(one.name)}
        busy={busy}
        onLeave={onLeave}
        choices={[
          { words: t.remove, run: () => remove(null) },
          ...(link === undefined ? [] : [{ words: t.andNew, run: () => remove(link) }]),
        ]}
      />
      <FaultLine words={fault} />
    </>
  );
}
