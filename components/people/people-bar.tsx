'use client';

import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { inkStyle } from './colors.ts';
import { crowdOf } from './crowd.ts';
import type { PeopleListProps } from './people-list.tsx';
import { Initials, PersonChip } from './person-chip.tsx';

const list = lazyLayer<PeopleListProps>(() => import('./people-list.tsx').then((file) => file.PeopleList));

/** How many others stand in the bar; the rest is a number. */
const MOST = { desktop: 5, tablet: 2 };

export interface PeopleBarProps {
  view: RoomView;
  onRename: (name: string, color: number) => void;
  /** Brings somebody's caret into sight. */
  onJump: (authors: readonly number[]) => void;
  /** Null until the room is opened. */
  client: RoomClient | null;
}

/** Who is in the room: you first, then the others in the order of their arrival; one number on a phone. */
export function PeopleBar({ view, onRename, onJump, client }: PeopleBarProps) {
  const own = useLayer(list);
  const all = useLayer(list);
  const phone = useLayer(list);
  const crowd = crowdOf(view);
  const { me } = view;
  const presence = view.online ? 'here' : 'idle';
  const rest = crowd.length - MOST.desktop;
  const restOnTablet = crowd.length - MOST.tablet;
  return (
    <>
      <div role="group" aria-label={strings.people.label} className="flex items-center gap-1 max-tablet:hidden">
        <PersonChip
          ref={own.ref}
          name={me.name}
          color={me.color}
          presence="you"
          aria-label={strings.people.you(me.name)}
          title={strings.people.you(me.name)}
          {...own.props}
          onClick={own.toggle}
        />
        {crowd.slice(0, MOST.desktop).map((one, index) => (
          <span key={one.authors[0]} className={index >= MOST.tablet ? 'max-desktop:hidden' : ''}>
            <PersonChip
              name={one.name}
              color={one.color}
              presence={presence}
              typing={one.typing && view.online}
              kind={one.kind}
              aria-label={strings.people.other[one.kind](one.name)}
              title={strings.people.other[one.kind](one.name)}
              onClick={() => onJump(one.authors)}
            />
          </span>
        ))}
        {restOnTablet > 0 && (
          <button
            ref={all.ref}
            type="button"
            {...all.props}
            onClick={all.toggle}
            aria-label={strings.people.moreLabel(Math.max(rest, restOnTablet))}
            className={`grid h-7 min-w-7 flex-none place-items-center rounded-sm bg-sunken px-1 text-xs font-bold text-ink-2 hover:bg-hover ${rest > 0 ? '' : 'desktop:hidden'}`}
          >
            {rest > 0 && <span className="max-desktop:hidden">{strings.people.more(rest)}</span>}
            <span className="desktop:hidden">{strings.people.more(restOnTablet)}</span>
          </button>
        )}
      </div>
      <button
        ref={phone.ref}
        type="button"
        {...phone.props}
        onClick={phone.toggle}
        aria-label={strings.people.count(crowd.length + 1)}
        className="grid size-11 flex-none place-items-center rounded-sm tablet:hidden"
      >
        {crowd.length === 0 ? (
          <span
            aria-hidden="true"
            style={inkStyle(me.color)}
            className="grid size-7.5 place-items-center rounded-sm text-xs font-bold text-(--a) inset-ring-2 inset-ring-(--a)"
          >
            <Initials name={me.name} />
          </span>
        ) : (
          <span
            aria-hidden="true"
            className="relative grid size-7.5 place-items-center rounded-sm bg-sunken pb-1 text-xs font-bold"
          >
            {crowd.length + 1}
            <span className="absolute inset-x-1.5 bottom-0.75 flex gap-0.5">
              {crowd.slice(0, 3).map((one) => (
                <i key={one.authors[0]} style={inkStyle(one.color)} className="h-0.75 flex-1 rounded-xs bg-(--a)" />
              ))}
            </span>
          </span>
        )}
      </button>
      {own.render({ view, onRename, onJump, client })}
      {all.render({ view, onRename, onJump, client })}
      {phone.render({ view, onRename, onJump, client })}
    </>
  );
}
