'use client';

import { CornerDownRight, Eye, EyeOff, Undo2, UserMinus, type LucideIcon } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { Menu, MenuItem } from 'react-aria-components';
import { undoWish } from '../history/wishes.ts';
import { followed, isFollowed } from '../presence/around.ts';
import { goThere } from '../presence/go-there.ts';
import { presenceStrings } from '../presence/presence-strings.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { roomLinks } from '../share/room-links.ts';
import { useAccess } from '../share/use-access.ts';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import type { Present } from './crowd.ts';
import { PersonBadge } from './person-chip.tsx';
import { RemovePerson } from './remove-person.tsx';

export interface PersonMenuProps {
  tools: RoomTools;
  one: Present;
  /** Called when something was chosen that shows itself in the text. */
  onGone?: () => void;
}

interface Choice {
  id: string;
  words: string;
  icon: LucideIcon;
  run: () => void;
}

/** What can be done with somebody: go to their caret, follow it, undo what they did; put them out, for the owner. */
export function PersonMenu({ tools, one, onGone, triggerRef, onClose }: PersonMenuProps & LayerBase) {
  const { client, view, show } = tools;
  const who = useSyncExternalStore(followed.subscribe, followed.get);
  const [owner] = useState(() => roomLinks(view.token, view.role).owner);
  const { known, reload } = useAccess(owner);
  const [removing, setRemoving] = useState(false);
  const t = presenceStrings.menu;
  const follows = isFollowed(one.authors, who);
  const act = (run: () => void) => () => {
    onClose();
    onGone?.();
    run();
  };
  const choices: Choice[] = [
    { id: 'jump', words: t.jump, icon: CornerDownRight, run: act(() => goThere(tools, one)) },
    follows
      ? { id: 'stop', words: t.stop, icon: EyeOff, run: act(() => followed.set(null)) }
      : { id: 'follow', words: t.follow, icon: Eye, run: act(() => followed.set(one)) },
  ];
  if (view.canEdit) {
    const undo = () => {
      undoWish.set({ authors: one.authors });
      show({ dialog: 'undoPerson' });
    };
    choices.push({ id: 'undo', words: t.undo, icon: Undo2, run: act(undo) });
  }
  const access = known.kind === 'known' ? known.access : null;
  const isOwner = owner !== null && client !== null && view.online && access !== null;
  if (isOwner) choices.push({ id: 'remove', words: t.remove, icon: UserMinus, run: () => setRemoving(true) });
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={t.label(one.name)} width="244px">
      <div className="flex items-center gap-2.5 px-4 pt-3 pb-1">
        <PersonBadge name={one.name} color={one.color} presence="here" kind={one.kind} />
        <bdi className="min-w-0 truncate text-md font-semibold">{one.name}</bdi>
      </div>
      {removing && isOwner ? (
        <div className="p-2">
          <RemovePerson
            one={one}
            owner={owner}
            client={client}
            links={access.links}
            onRemoved={reload}
            onLeave={() => setRemoving(false)}
          />
        </div>
      ) : (
        <Menu
          aria-label={t.label(one.name)}
          autoFocus="first"
          onAction={(key) => choices.find(({ id }) => id === key)?.run()}
          className="grid gap-0.5 p-2 outline-none max-tablet:pb-4"
        >
          {choices.map(({ id, words, icon: Icon }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              className="touch-row flex h-8 cursor-default items-center gap-2.5 rounded-sm px-2 outline-none hover:bg-hover focus:bg-hover focus-visible:outline-2 focus-visible:outline-focus"
            >
              <Icon size={16} aria-hidden="true" className="text-ink-2" />
              {words}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Layer>
  );
}
