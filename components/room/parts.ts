import type { RoomView } from '../../lib/client/index.ts';
import { commentsGate } from '../comments/comments-gate.tsx';
import { isMarkdown } from '../editor/language-guess.ts';
import { visitGate } from '../history/visit-gate.tsx';
import { fetchPeopleParts } from '../people/fetch-people-parts.ts';
import { lazyPart, type LazyPart } from '../ui/lazy-part.tsx';
import { isPhone } from '../ui/use-phone.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';
import type { DialogProps, PageParts, ToolPart } from './room-tools.ts';
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
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {
  history: lazyPart(() => import('../history/history-bar.tsx').then((file) => file.HistoryBar), 'when-used'),
  inspector: lazyPart(() => import('../inspector/inspector.tsx').then((file) => file.Inspector), 'when-used'),
};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  palette: lazyPart(() => import('../palette/command-palette.tsx').then((file) => file.CommandPalette)),
  goToLine: lazyPart(() => import('../palette/command-palette.tsx').then((file) => file.GoToLine)),
  keys: lazyPart(() => import('../palette/keys-dialog.tsx').then((file) => file.KeysDialog), 'when-used'),
  rooms: lazyPart(() => import('../rooms/rooms-dialog.tsx').then((file) => file.RoomsDialog)),
  settings: lazyPart(() => import('../settings/settings-dialog.tsx').then((file) => file.SettingsDialog), 'when-used'),
  templates: lazyPart(
    () => import('../templates/templates-dialog.tsx').then((file) => file.TemplatesDialog),
    'when-used',
  ),
  downloadAs: lazyPart(() => import('../papers/download-as.tsx').then((file) => file.DownloadAs), 'when-used'),
  print: lazyPart(() => import('../papers/print-room.tsx').then((file) => file.PrintRoom), 'when-used'),
  importFile: lazyPart(() => import('../papers/import-file.tsx').then((file) => file.ImportFile), 'when-used'),
  undoPerson: lazyPart(
    () => import('../history/undo-person-dialog.tsx').then((file) => file.UndoPersonDialog),
    'when-used',
  ),
};

/** What nobody waits for is fetched when the page has all that it needs for itself. In ms. */
const QUIET_MS = 2_000;

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(() => import('../settings/comforts.tsx').then((file) => file.Comforts), 'when-used'),
    // Anything that was ever chosen makes it another object.
    when: ({ preferences }) => preferences !== DEFAULT_PREFERENCES,
  },
  {
    part: lazyPart(() => import('../writing/format-bar.tsx').then((file) => file.FormatBar), 'when-used'),
    when: ({ view, preferences }) =>
      view.canEdit &&
      isMarkdown(view.language) &&
      (preferences.formatBar || (typeof window !== 'undefined' && isPhone())),
  },
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
  { part: commentsGate, when: () => true },
  // Once in, so that a network that goes away does not count as leaving.
  { part: visitGate, when: ({ view }) => view.you !== null && view.rev > 0 },
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
