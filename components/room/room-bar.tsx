'use client';

import { History, PanelRight } from 'lucide-react';
import { UnreadBadge } from '../chat/unread-badge.tsx';
import { useUnread } from '../chat/use-unread.ts';
import { lastTab } from '../panel/last-tab.ts';
import { PeopleBar } from '../people/people-bar.tsx';
import { useFocusMode } from '../presence/use-focus-mode.ts';
import { ShareButton } from '../share/share-button.tsx';
import { StatusPill } from '../status/status-pill.tsx';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { Slot } from '../ui/slot.tsx';
import { DRAWERS, panelPart } from './parts.ts';
import { MoreMenu } from './more-menu.tsx';
import { RoomTitle } from './room-title.tsx';
import type { RoomTools } from './room-tools.ts';
import { useQuietBar } from './use-quiet-bar.ts';

export interface RoomBarProps {
  tools: RoomTools;
  onMoving: (moving: boolean) => void;
}

/** The top bar: what the room is called, how the text fares, who is here, and the ways to everything else. */
export function RoomBar({ tools, onMoving }: RoomBarProps) {
  const { client, view, language, acts, surfaces, show } = tools;
  const bar = useQuietBar();
  useFocusMode(tools);
  const lost = view.status.kind === 'lost';
  const history = surfaces.drawer === 'history';
  const unread = useUnread(view);
  return (
    <header
      ref={bar}
      className="flex min-h-12 min-w-0 items-center gap-2 pe-3 ps-4 max-tablet:min-h-13 max-tablet:gap-0.5 max-tablet:pe-1 max-tablet:ps-3"
    >
      <Mark />
      <h1 className="flex min-w-0">
        <RoomTitle
          title={view.title}
          canEdit={view.canEdit && client !== null}
          onChange={(title) => client?.setTitle(title)}
        />
      </h1>
      <StatusPill view={view} onRetry={() => client?.retry()} onDownload={acts.download} />
      <span className="flex-1" />
      <Slot name="bar" className="flex items-center gap-2 max-tablet:gap-0.5" />
      {!tools.preferences.focusMode && !history && <PeopleBar tools={tools} />}
      {!lost && !history && <ShareButton client={client} onSay={tools.say} onMoving={onMoving} />}
      {DRAWERS.history !== undefined && (
        <IconButton
          label={strings.more.history}
          aria-expanded={history}
          onPointerEnter={() => void DRAWERS.history?.fetch().catch(() => undefined)}
          onClick={() => show({ drawer: history ? null : 'history' })}
          className="max-tablet:hidden"
        >
          <History size={16} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={unread > 0 ? strings.more.unread(unread) : strings.more.panel}
        aria-expanded={surfaces.panel !== null}
        onPointerEnter={() => void panelPart.fetch().catch(() => undefined)}
        onClick={() => show({ panel: surfaces.panel === null ? lastTab() : null })}
        className="relative max-tablet:hidden"
      >
        <PanelRight size={16} aria-hidden="true" />
        {unread > 0 && <UnreadBadge count={unread} />}
      </IconButton>
      <MoreMenu
        preferences={tools.preferences}
        onPreferences={tools.setPreferences}
        language={language}
        canEdit={view.canEdit}
        onLanguage={(name) => client?.setLanguage(name)}
        onSearch={acts.search}
        onDownload={acts.download}
        onNewRoom={acts.newRoom}
        show={show}
      />
    </header>
  );
}
