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
export const previewPart: ToolPart | null = lazyPart(
  () => import('../preview/preview-pane.tsx').then((file) => file.PreviewPane),
  'when-used',
);

/** What slides in from below. */
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  downloadAs: lazyPart(() => import('../papers/download-as.tsx').then((file) => file.DownloadAs), 'when-used'),
  print: lazyPart(() => import('../papers/print-room.tsx').then((file) => file.PrintRoom), 'when-used'),
  importFile: lazyPart(() => import('../papers/import-file.tsx').then((file) => file.ImportFile), 'when-used'),
};

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [];

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
