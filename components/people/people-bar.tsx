'use client';

import type { PeopleAnnouncerProps } from '../presence/people-announcer.tsx';
import type { RoomTools } from '../room/room-tools.ts';
import { strings } from '../strings.ts';
import { useLayer } from '../ui/lazy-layer.tsx';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import { inkStyle } from './colors.ts';
import { crowdOf } from './crowd.ts';
import { fetchPeopleParts } from './fetch-people-parts.ts';
import { peopleLayer } from './people-layer.ts';
import { Initials, PersonChip } from './person-chip.tsx';
import { useWasAlone } from './use-was-alone.ts';

const others = lazyPart<{ tools: RoomTools }>(() => fetchPeopleParts().then((file) => file.Others));
const announcer = lazyPart<PeopleAnnouncerProps>(() => fetchPeopleParts().then((file) => file.PeopleAnnouncer));

/** Who is in the room: you first, then the others in the order of their arrival; one number on a phone. */
export function PeopleBar({ tools }: { tools: RoomTools }) {
  const own = useLayer(peopleLayer);
  const phone = useLayer(peopleLayer);
  const { view, preferences } = tools;
  const wasAlone = useWasAlone(view);
  const crowd = crowdOf(view);
  const { me } = view;
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
        {crowd.length > 0 && <Part part={others} props={{ tools }} />}
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
      {preferences.announce !== 'off' && (crowd.length > 0 || announcer.here() !== null) && (
        <Part part={announcer} props={{ tools, wasAlone }} />
      )}
      {own.render({ tools })}
      {phone.render({ tools })}
    </>
  );
}
