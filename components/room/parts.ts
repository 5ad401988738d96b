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

const papers = () => import('../papers/paper-doors.ts').then((file) => file.paperDoors);

/** The text as it will read. */
export const previewPart: ToolPart | null = lazyPart(() => papers().then((doors) => doors.preview()), 'when-used');

/** What slides in from below. */
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  downloadAs: lazyPart(() => papers().then((doors) => doors.downloadAs()), 'when-used'),
  print: lazyPart(() => papers().then((doors) => doors.print()), 'when-used'),
  importFile: lazyPart(() => papers().then((doors) => doors.importFile()), 'when-used'),
};

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [];

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
