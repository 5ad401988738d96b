import type { RoomView } from '../../lib/client/index.ts';
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
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {
  history: lazyPart(() => import('../history/history-bar.tsx').then((file) => file.HistoryBar), 'when-used'),
};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  undoPerson: lazyPart(
    () => import('../history/undo-person-dialog.tsx').then((file) => file.UndoPersonDialog),
    'when-used',
  ),
};

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(
      () => quietly().then(() => import('../history/visit-offer.tsx').then((file) => file.VisitOffer)),
      'when-used',
    ),
    when: ({ view }) => view.online && view.rev > 0,
  },
];

/** So long after it was first wanted, in ms, comes what nobody waits for. */
const QUIET_MS = 3_000;

function quietly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
