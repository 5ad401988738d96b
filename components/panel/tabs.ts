import type { FunctionComponent } from 'react';
import { ChatCount } from '../chat/chat-count.tsx';
import { CommentsCount } from '../comments/comments-count.tsx';
import type { RoomTools, ToolPart } from '../room/room-tools.ts';
import type { PanelTab } from '../room/surfaces.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { panelStrings } from './panel-strings.ts';

export interface PanelTabPart {
  name: PanelTab;
  words: string;
  part: ToolPart;
  /** Stands behind the words, as a number of new things. */
  Count?: FunctionComponent<{ tools: RoomTools }>;
}

/** The tabs in their order. */
export const TABS: readonly PanelTabPart[] = [
  {
    name: 'people',
    words: panelStrings.people,
    part: lazyPart(() => import('../people/people-panel.tsx').then((file) => file.PeoplePanel), 'when-used'),
  },
  {
    name: 'chat',
    words: panelStrings.chat,
    part: lazyPart(() => import('../chat/chat-panel.tsx').then((file) => file.ChatPanel), 'when-used'),
    Count: ChatCount,
  },
  {
    name: 'comments',
    words: panelStrings.comments,
    part: lazyPart(() => import('../comments/comments-panel.tsx').then((file) => file.CommentsPanel), 'when-used'),
    Count: CommentsCount,
  },
  {
    name: 'outline',
    words: panelStrings.outline,
    part: lazyPart(() => import('../outline/outline-panel.tsx').then((file) => file.OutlinePanel), 'when-used'),
  },
];
