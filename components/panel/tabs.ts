import type { ToolPart } from '../room/room-tools.ts';
import type { PanelTab } from '../room/surfaces.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { panelStrings } from './panel-strings.ts';

export interface PanelTabPart {
  name: PanelTab;
  words: string;
  part: ToolPart;
}

/** The tabs in their order. */
export const TABS: readonly PanelTabPart[] = [
  {
    name: 'people',
    words: panelStrings.people,
    part: lazyPart(() => import('../people/people-panel.tsx').then((file) => file.PeoplePanel), 'when-used'),
  },
  {
    name: 'outline',
    words: panelStrings.outline,
    part: lazyPart(() => import('../outline/outline-panel.tsx').then((file) => file.OutlinePanel), 'when-used'),
  },
];
