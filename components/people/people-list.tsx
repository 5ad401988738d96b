'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { roomLinks } from '../share/room-links.ts';
import { useAccess } from '../share/use-access.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { crowdOf, type Present } from './crowd.ts';
import { NameField } from './name-field.tsx';
import { PersonBadge } from './person-chip.tsx';
import { RemovePerson } from './remove-person.tsx';

export interface PeopleListProps {
  view: RoomView;
  onRename: (name: string, color: number) => void;
  onJump: (authors: readonly number[]) => void;
  /** Null until the room is opened. */
  client: RoomClient | null;
}

/** Your own name, ready to be changed, and everybody else with what they are doing. */
export function PeopleList({ view, onRename, onJump, client, triggerRef, onClose }: PeopleListProps & LayerBase) {
  const crowd = crowdOf(view);
  const [owner] = useState(() => roomLinks(view.token, view.role).owner);
  const { known, reload } = useAccess(owner);
  const removal = (one: Present) =>
    owner !== null && client !== null && view.online && known.kind === 'known' ? (
      <RemovePerson one={one} owner={owner} client={client} links={known.access.links} onRemoved={reload} />
    ) : null;
  const writing = crowd.filter((one) => !one.viewing);
  const viewing = crowd.filter((one) => one.viewing);
  const jump = (one: Present) => {
    onClose();
    onJump(one.authors);
  };
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={strings.people.label} width="304px">
      <div className="grid gap-0.5 p-2 max-tablet:p-4">
        <div className="flex items-center justify-between pl-2">
          <h2 className="text-[15px] leading-tight font-bold">{strings.people.count(crowd.length + 1)}</h2>
          <IconButton label={strings.notice.dismiss} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        <NameField me={view.me} isFixed={view.signedIn} onRename={onRename} onDone={onClose} />
        {crowd.length === 0 && <p className="px-2 py-2 text-ink-2">{layerStrings.people.onlyYou}</p>}
        {writing.map((one) => (
          <div key={one.authors[0]} className="flex flex-wrap items-center gap-x-1">
            <PersonRow one={one} online={view.online} onJump={jump} />
            {removal(one)}
          </div>
        ))}
        {viewing.length > 0 && (
          <div className="px-2 pt-3 pb-1 text-xs font-semibold text-ink-3">{layerStrings.people.viewing}</div>
        )}
        {viewing.map((one) => (
          <div key={one.authors[0]} className="flex flex-wrap items-center gap-x-1">
            <PersonRow one={one} online={view.online} onJump={jump} />
            {removal(one)}
          </div>
        ))}
      </div>
    </Layer>
  );
}

function PersonRow({ one, online, onJump }: { one: Present; online: boolean; onJump: (one: Present) => void }) {
  return (
    <button
      type="button"
      onClick={() => onJump(one)}
      className="touch-row flex min-w-0 flex-1 items-center gap-2.5 rounded-sm px-2 py-1.75 text-start hover:bg-hover"
    >
      <PersonBadge
        name={one.name}
        color={one.color}
        presence={online ? 'here' : 'idle'}
        typing={one.typing && online}
        kind={one.kind}
      />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-md leading-tight font-semibold">
          <bdi>{one.name}</bdi>
        </span>
        <span className="block truncate text-xs text-ink-2">{online ? doing(one) : layerStrings.people.unknown}</span>
      </span>
    </button>
  );
}

function doing({ kind, typing }: Present): string {
  const words = layerStrings.people;
  switch (kind) {
    case 'api':
      return words.program;
    case 'yjs':
      return typing ? words.writingYjs : words.hereYjs;
    case 'ot':
      return typing ? words.writing : words.here;
  }
}
