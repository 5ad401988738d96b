'use client';

import { Ellipsis } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { followed, idleSince, isFollowed, whereabouts } from '../presence/around.ts';
import { goThere } from '../presence/go-there.ts';
import { presenceStrings } from '../presence/presence-strings.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { roomLinks } from '../share/room-links.ts';
import { useAccess } from '../share/use-access.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { useNow } from '../ui/use-now.ts';
import { crowdOf, type Present } from './crowd.ts';
import { doing } from './doing.ts';
import { PersonBadge } from './person-chip.tsx';
import type { PersonMenuProps } from './person-menu.tsx';

const menu = lazyLayer<PersonMenuProps>(() => import('./person-menu.tsx').then((file) => file.PersonMenu));

export interface PeopleRowsProps {
  tools: RoomTools;
  /** Somebody was gone to or is followed now: what covers the text may go. */
  onGone: () => void;
}

/**
 * Everybody else: who writes first, then who only reads, each with what they do and what can be done with them. `heading`: one
 * step below what stands over these rows.
 */
export function PeopleRows({ tools, onGone, heading: Heading }: PeopleRowsProps & { heading: 'h2' | 'h3' }) {
  const { view } = tools;
  const crowd = crowdOf(view);
  const [owner] = useState(() => roomLinks(view.token, view.role).owner);
  const { known } = useAccess(crowd.some(({ viewing }) => viewing) ? owner : null);
  const links = known.kind === 'known' ? known.access.links : [];
  const linkOf = ({ authors }: Present) =>
    links.find(({ here }) => here.some(({ author }) => authors.includes(author)))?.name ?? '';
  const viewing = crowd.filter((one) => one.viewing);
  const rows = (people: readonly Present[]) =>
    people.map((one) => (
      <li key={one.authors[0]}>
        <PersonRow tools={tools} one={one} link={linkOf(one)} onGone={onGone} />
      </li>
    ));
  return (
    <>
      {crowd.length === 0 && <p className="px-2 py-2 text-ink-2">{layerStrings.people.onlyYou}</p>}
      <ul className="grid gap-0.5">{rows(crowd.filter((one) => !one.viewing))}</ul>
      {viewing.length > 0 && (
        <>
          <Heading className="px-2 pt-3 pb-1 text-xs font-semibold text-ink-3">{layerStrings.people.viewing}</Heading>
          <ul className="grid gap-0.5">{rows(viewing)}</ul>
        </>
      )}
    </>
  );
}

function PersonRow({ tools, one, link, onGone }: PeopleRowsProps & { one: Present; link: string }) {
  const layer = useLayer(menu);
  const places = useSyncExternalStore(whereabouts.subscribe, whereabouts.get);
  const who = useSyncExternalStore(followed.subscribe, followed.get);
  const now = useNow();
  const { online } = tools.view;
  const follows = isFollowed(one.authors, who);
  const t = presenceStrings.menu;
  return (
    <div className="group flex items-center gap-1 rounded-sm pe-1 focus-within:bg-hover hover:bg-hover">
      <button
        type="button"
        onClick={() => {
          onGone();
          goThere(tools, one);
        }}
        className="touch-row flex min-w-0 flex-1 items-center gap-2.5 rounded-sm px-2 py-1.75 text-start"
      >
        <PersonBadge
          name={one.name}
          color={one.color}
          presence={online && idleSince(one.authors, places) === null ? 'here' : 'idle'}
          typing={one.typing && online}
          kind={one.kind}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-md leading-tight font-semibold">
            <bdi>{one.name}</bdi>
          </span>
          <span className="block truncate text-xs text-ink-2">
            {online ? doing(one, places, now, link) : layerStrings.people.unknown}
          </span>
        </span>
      </button>
      {/* With a mouse it waits for the pointer; keyboards and fingers find it where it is. */}
      <Button
        small
        aria-label={follows ? t.stopName(one.name) : t.followName(one.name)}
        aria-pressed={follows}
        onClick={() => {
          onGone();
          followed.set(follows ? null : one);
        }}
        className={
          follows
            ? ''
            : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100'
        }
      >
        {follows ? t.stop : t.follow}
      </Button>
      <IconButton ref={layer.ref} label={t.more(one.name)} {...layer.props} onClick={layer.toggle}>
        <Ellipsis size={16} aria-hidden="true" />
      </IconButton>
      {layer.render({ tools, one, onGone })}
    </div>
  );
}
