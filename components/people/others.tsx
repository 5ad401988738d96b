'use client';

import { Eye } from 'lucide-react';
import { useSyncExternalStore, type KeyboardEvent, type MouseEvent } from 'react';
import { followed, idleSince, whereabouts } from '../presence/around.ts';
import { goThere } from '../presence/go-there.ts';
import { presenceStrings } from '../presence/presence-strings.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { strings } from '../strings.ts';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import { crowdOf, type Present } from './crowd.ts';
import { peopleLayer } from './people-layer.ts';
import { PersonChip } from './person-chip.tsx';
import type { PersonMenuProps } from './person-menu.tsx';

const menu = lazyLayer<PersonMenuProps>(() => import('./person-menu.tsx').then((file) => file.PersonMenu));

/** How many others stand in the bar; the rest is a number. */
const MOST = { desktop: 5, tablet: 2 };

/** Everybody else in the order of their arrival, those who only read after those who write. */
export function Others({ tools }: { tools: RoomTools }) {
  const all = useLayer(peopleLayer);
  const crowd = inOrder(crowdOf(tools.view));
  const rest = crowd.length - MOST.desktop;
  const restOnTablet = crowd.length - MOST.tablet;
  return (
    <>
      {crowd.slice(0, MOST.desktop).map((one, index) => (
        <span key={one.authors[0]} className={index >= MOST.tablet ? 'max-desktop:hidden' : ''}>
          <OtherChip tools={tools} one={one} />
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
      {all.render({ tools })}
    </>
  );
}

function inOrder(crowd: readonly Present[]): Present[] {
  return [...crowd.filter(({ viewing }) => !viewing), ...crowd.filter(({ viewing }) => viewing)];
}

/** A click goes to the caret and a double click follows it; a finger, the right button or an arrow key open the menu. */
function OtherChip({ tools, one }: { tools: RoomTools; one: Present }) {
  const layer = useLayer(menu);
  const places = useSyncExternalStore(whereabouts.subscribe, whereabouts.get);
  const { online } = tools.view;
  const idle = !online || idleSince(one.authors, places) !== null;
  const label = labelOf(one, idle);
  const press = (event: MouseEvent) => {
    if (event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch') layer.toggle();
    else goThere(tools, one);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    layer.show();
  };
  return (
    <>
      <PersonChip
        ref={layer.ref}
        {...layer.props}
        name={one.name}
        color={one.color}
        presence={idle ? 'idle' : 'here'}
        typing={one.typing && online}
        kind={one.kind}
        data-viewing={one.viewing}
        aria-label={label}
        title={label}
        onClick={press}
        onDoubleClick={() => followed.set(one)}
        onKeyDown={key}
        onContextMenu={(event) => {
          event.preventDefault();
          layer.show();
        }}
      >
        {one.viewing && (
          <span className="absolute -end-1 -bottom-1 grid size-3.5 place-items-center rounded-full bg-canvas text-ink-2">
            <Eye size={11} aria-hidden="true" />
          </span>
        )}
      </PersonChip>
      {layer.render({ tools, one })}
    </>
  );
}

function labelOf(one: Present, idle: boolean): string {
  const who = strings.people.other[one.kind](one.name);
  const doing = one.viewing ? presenceStrings.viewing(who) : who;
  return idle ? presenceStrings.idle(doing) : doing;
}
