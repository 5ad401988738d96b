/** The tabs of the side panel. */
export type PanelTab = 'people' | 'chat' | 'comments' | 'outline';
/** What slides in from below. */
export type DrawerName = 'history' | 'inspector';
/** What lies over the page and takes the keyboard. */
export type DialogName =
  | 'palette'
  | 'keys'
  | 'settings'
  | 'rooms'
  | 'undoPerson'
  | 'redact'
  | 'goToLine'
  | 'templates'
  | 'downloadAs'
  | 'print'
  | 'importFile';

/** What is open beside, below and above the text: at most one of each. */
export interface Surfaces {
  panel: PanelTab | null;
  drawer: DrawerName | null;
  dialog: DialogName | null;
  /** The text as it will read, beside the editor, or instead of it on a phone. */
  preview: boolean;
}

export const NOTHING_OPEN: Surfaces = { panel: null, drawer: null, dialog: null, preview: false };

/** The part of an address that names a moment of the room: `/r/<token>?rev=8912`. */
export const MOMENT_PARAMETER = 'rev';

/** What is open when the page begins: a link to a moment opens the history. */
export function surfacesInAddress(search: string): Surfaces {
  return new URLSearchParams(search).has(MOMENT_PARAMETER) ? { ...NOTHING_OPEN, drawer: 'history' } : NOTHING_OPEN;
}
