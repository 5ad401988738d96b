'use client';

import { Eye, KeyRound, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { RoomClient } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { PersonBadge } from '../people/person-chip.tsx';
import { AskOnce } from '../ui/ask-once.tsx';
import { useNow } from '../ui/use-now.ts';
import { CopyButton } from './copy-button.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { FaultLine } from './fault-line.tsx';
import { changeOpenLink, endOpenLink, renewLink } from './link-acts.ts';
import { LinkName } from './link-name.tsx';
import { endWords, isOver, nameOf } from './link-words.ts';
import { changeLink, type Link } from './links-api.ts';
import { PasswordField } from './password-field.tsx';
import { linkOf } from './room-links.ts';
import { useAct } from './use-act.ts';

export interface LinkRowProps {
  link: Link;
  owner: string;
  client: RoomClient;
  /** Something about the links is different now; resolves when that is shown. */
  onChanged: () => Promise<void>;
  /** The owner link has this token now. */
  onOwner: (token: string) => void;
}

const ICONS = { owner: KeyRound, edit: Pencil, view: Eye };

/** One link: what it is, who is in by it, and everything that can be done to it. */
export function LinkRow({ link, owner, client, onChanged, onOwner }: LinkRowProps) {
  const { busy, fault, act } = useAct();
  const now = useNow();
  const [waits, setWaits] = useState(false);
  const Icon = ICONS[link.role];
  const t = layerStrings.links;
  const name = nameOf(link);
  const isOpen = link.token === client.view().token;
  const page = { client, isOpen, onWaits: setWaits };
  const rotate = () =>
    act(async () => {
      const token = await renewLink(owner, link, page);
      if (link.role === 'owner') onOwner(token);
      else await onChanged();
    });
  const facts = [
    t.role[link.role],
    isOver(link, now) ? endWords(link.expiresAt, now) : '',
    link.password ? layerStrings.share.asksForPassword : '',
    layerStrings.share.cameIn(link.uses),
    isOpen ? t.you : '',
  ].filter((words) => words !== '');
  return (
    <li className="grid gap-1.5 border-t border-line py-3" aria-label={name}>
      <div className="flex items-center gap-2.5">
        <Icon size={16} aria-hidden="true" className={link.role === 'owner' ? 'text-brass' : 'text-ink-2'} />
        <LinkName
          link={link}
          onChange={(next) =>
            act(async () => {
              await changeLink(owner, link.id, { name: next });
              await onChanged();
            })
          }
        />
        <CopyButton address={linkOf(link.token)} label={name} />
      </div>
      <p className="ps-6.5 text-xs leading-normal text-ink-2">
        {facts[0]}
        {' · '}
        {facts.slice(1).join(' ')}
      </p>
      {link.here.length > 0 && (
        <ul aria-label={t.here} className="flex flex-wrap gap-x-3 gap-y-1.5 ps-6.5">
          {link.here.map((one) => (
            <li key={one.author} className="flex min-w-0 items-center gap-1.5 text-xs font-medium">
              <PersonBadge name={one.name} color={one.color} presence="here" />
              <bdi className="max-w-32 truncate">{one.name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <div className={`flex flex-wrap items-center gap-1 ${link.role === 'owner' ? 'ps-4' : 'ps-6.5'}`}>
        {link.role !== 'owner' && (
          <>
            <ExpiryField
              value={link.expiresAt}
              disabled={busy}
              onChange={(expiresAt) =>
                act(async () => {
                  await changeLink(owner, link.id, { expiresAt });
                  await onChanged();
                })
              }
            />
            <PasswordField
              isSet={link.password}
              busy={busy}
              onChange={(password) =>
                act(async () => {
                  await changeOpenLink(owner, link, password, page);
                  await onChanged();
                })
              }
            />
          </>
        )}
        <AskOnce
          words={t.rotate}
          label={`${name}: ${t.rotate}`}
          question={t.rotateAsk}
          choices={[{ words: t.rotateYes, run: rotate }]}
          busy={busy}
        />
        {link.role !== 'owner' && (
          <AskOnce
            words={t.revoke}
            label={`${name}: ${t.revoke}`}
            question={isOpen ? `${t.revokeAsk} ${t.revokeOwn}` : t.revokeAsk}
            choices={[
              {
                words: t.revokeYes,
                run: () =>
                  act(async () => {
                    await endOpenLink(owner, link, page);
                    await onChanged();
                  }),
              },
            ]}
            busy={busy}
          />
        )}
      </div>
      {waits && (
        <p role="status" className="ps-6.5 text-xs text-brass">
          {t.waiting}
        </p>
      )}
      <FaultLine words={fault} />
    </li>
  );
}
