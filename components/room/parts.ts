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

const files = () => import('./part-files.ts');

/** The side panel with its tabs. */
export const panelPart: ToolPart = lazyPart(() => files().then(({ sidePanel }) => sidePanel()), 'when-used');

/** The text as it will read. */
export const previewPart: ToolPart | null = lazyPart(
  () => files().then(({ previewPane }) => previewPane()),
  'when-used',
);

/** What slides in from below. */
export const DRAWERS: Partial<Record<DrawerName, ToolPart>> = {
  history: lazyPart(() => files().then(({ historyBar }) => historyBar()), 'when-used'),
  inspector: lazyPart(() => files().then(({ inspector }) => inspector()), 'when-used'),
};

/** What lies over the page. */
export const DIALOGS: Partial<Record<DialogName, LazyPart<DialogProps>>> = {
  palette: lazyPart(() => files().then(({ commandPalette }) => commandPalette())),
  goToLine: lazyPart(() => files().then(({ goToLine }) => goToLine())),
  keys: lazyPart(() => files().then(({ keysDialog }) => keysDialog()), 'when-used'),
  rooms: lazyPart(() => files().then(({ roomsDialog }) => roomsDialog())),
  settings: lazyPart(() => files().then(({ settingsDialog }) => settingsDialog()), 'when-used'),
  templates: lazyPart(() => files().then(({ templatesDialog }) => templatesDialog()), 'when-used'),
  downloadAs: lazyPart(() => files().then(({ downloadAs }) => downloadAs()), 'when-used'),
  print: lazyPart(() => files().then(({ printRoom }) => printRoom()), 'when-used'),
  importFile: lazyPart(() => files().then(({ importFile }) => importFile()), 'when-used'),
  undoPerson: lazyPart(() => files().then(({ undoPersonDialog }) => undoPersonDialog()), 'when-used'),
  redact: lazyPart(() => files().then(({ redactDialog }) => redactDialog()), 'when-used'),
};

/** What nobody waits for is fetched when the page has all that it needs for itself. In ms. */
const QUIET_MS = 2_000;

/** What runs beside the text without a place of its own, while `when` holds. */
export const COMPANIONS: readonly Companion[] = [
  {
    part: lazyPart(() => files().then(({ comforts }) => comforts()), 'when-used'),
    // Anything that was ever chosen makes it another object.
    when: ({ preferences }) => preferences !== DEFAULT_PREFERENCES,
  },
  {
    part: lazyPart(() => files().then(({ formatBar }) => formatBar()), 'when-used'),
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
    part: lazyPart(() => files().then(({ authorship }) => authorship()), 'when-used'),
    when: ({ preferences }) => preferences.authorship && !preferences.focusMode,
  },
  { part: commentsGate, when: () => true },
  // Once in, so that a network that goes away does not count as leaving.
  { part: visitGate, when: ({ view }) => view.you !== null && view.rev > 0 },
  {
    part: lazyPart(async () => {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      return (await files()).roomVisit();
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
