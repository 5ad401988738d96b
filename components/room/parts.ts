import type { RoomView } from '../../lib/client/index.ts';
import { lazyPart, type LazyPart } from '../ui/lazy-part.tsx';
import type { Preferences } from './preferences.ts';
import type { DialogProps, PageParts, ToolPart } from './room-tools.ts';
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
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  palette: lazyPart(() => import('../palette/command-palette.tsx').then((file) => file.CommandPalette)),
  goToLine: lazyPart(() => import('../palette/command-palette.tsx').then((file) => file.GoToLine)),
  keys: lazyPart(() => import('../palette/keys-dialog.tsx').then((file) => file.KeysDialog), 'when-used'),
  rooms: lazyPart(() => import('../rooms/rooms-dialog.tsx').then((file) => file.RoomsDialog)),
};

/** What nobody waits for is fetched when the page has all that it needs for itself. In ms. */
const QUIET_MS = 2_000;

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(async () => {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      return (await import('../rooms/room-visit.tsx')).RoomVisit;
    }, 'when-used'),
    // A fresh room is nothing to come back to before its first letter.
    when: ({ view }) => view.rev > 0 || view.unsaved > 0 || view.title !== '',
  },
];

/** The same as a value. */
export const PARTS: PageParts = { dialogs: DIALOGS, drawers: DRAWERS, preview: previewPart, companions: COMPANIONS };

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
