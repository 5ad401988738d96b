'use client';

import { X } from 'lucide-react';
import type { RoomTools } from '../room/room-tools.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { crowdOf } from './crowd.ts';
import { NameField } from './name-field.tsx';
import { PeopleRows } from './people-rows.tsx';

export interface PeopleListProps {
  tools: RoomTools;
}

/** Your own name, ready to be changed, and everybody else with what they are doing. */
export function PeopleList({ tools, triggerRef, onClose }: PeopleListProps & LayerBase) {
  const { view, acts } = tools;
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={strings.people.label} width="320px">
      <div className="grid gap-0.5 p-2 max-tablet:p-4">
        <div className="flex items-center justify-between ps-2">
          <h2 className="text-[15px] leading-tight font-bold">{strings.people.count(crowdOf(view).length + 1)}</h2>
          <IconButton label={strings.notice.dismiss} onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        <NameField autoFocus me={view.me} isFixed={view.signedIn} onRename={acts.rename} onDone={onClose} />
        <PeopleRows tools={tools} onGone={onClose} heading="h3" />
      </div>
    </Layer>
  );
}
