import type { RoomView } from '../../lib/client/index.ts';
import { lazyPart, type LazyPart } from '../ui/lazy-part.tsx';
import { isMarkdown } from '../editor/language-guess.ts';
import { isPhone } from '../ui/use-phone.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';
import type { DialogProps, ToolPart } from './room-tools.ts';
import type { DialogName, DrawerName, Surfaces } from './surfaces.ts';

const files = () => import('./part-files.ts');

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
  settings: lazyPart(() => files().then(({ settingsDialog }) => settingsDialog()), 'when-used'),
  templates: lazyPart(() => files().then(({ templatesDialog }) => templatesDialog()), 'when-used'),
};

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(() => files().then(({ comforts }) => comforts()), 'when-used'),
    // Anything that was ever chosen makes it another object.
    when: ({ preferences }) => preferences !== DEFAULT_PREFERENCES,
  },
  {
    part: lazyPart(() => files().then(({ formatBar }) => formatBar())),
    when: ({ view, preferences }) =>
      view.canEdit &&
      isMarkdown(view.language) &&
      (preferences.formatBar || (typeof window !== 'undefined' && isPhone())),
  },
];

export interface Companion {
  part: ToolPart;
  /** Asked whenever the page is drawn: cheap, and without effects. */
  when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
}
