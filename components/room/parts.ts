import type { RoomView } from '../../lib/client/index.ts';
import { fetchPeopleParts } from '../people/fetch-people-parts.ts';
import { lazyPart, type LazyPart } from '../ui/lazy-part.tsx';
import type { Preferences } from './preferences.ts';
import type { DialogProps, ToolPart } from './room-tools.ts';
import type { DialogName, DrawerName, Surfaces } from './surfaces.ts';

/** The side panel with its tabs. */
export const panelPart: ToolPart = lazyPart(
  () => import('../panel/side-panel.tsx').then((file) => file.SidePanel),
  'when-used',
);

/** The text as it will read. */
export const previewPart: ToolPart | null = null;

/** What slides in from below. */
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {};

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(() => fetchPeopleParts().then((file) => file.Together), 'when-used'),
    when: ({ view, preferences }) => view.people.length > 0 && !preferences.focusMode,
  },
  {
    part: lazyPart(() => fetchPeopleParts().then((file) => file.FocusMode), 'when-used'),
    when: ({ preferences }) => preferences.focusMode,
  },
  {
    part: lazyPart(() => import('../authorship/authorship.tsx').then((file) => file.Authorship), 'when-used'),
    when: ({ preferences }) => preferences.authorship && !preferences.focusMode,
  },
];

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
