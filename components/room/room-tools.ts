import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import type { LazyPart } from '../ui/lazy-part.tsx';
import type { Preferences } from './preferences.ts';
import type { DialogName, DrawerName, Surfaces } from './surfaces.ts';

/**
 * What every optional part of the room's page is given. A part is a component behind `lazyPart(…, 'when-used')`, named once
 * in parts.ts; it is drawn while it is open and starts nothing before.
 */
export interface RoomTools {
  /** Null until the room is opened. */
  client: RoomClient | null;
  view: RoomView;
  /** The language of the text, never empty. */
  language: string;
  /** The editor, once it is there. */
  editor: () => EditorView | null;
  /**
   * Puts an extension into the editor under this name, in place of the one before, or takes it out (null). It outlives the
   * editor, which may be made anew.
   */
  extend: (name: string, extension: Extension | null) => void;
  preferences: Preferences;
  setPreferences: (change: Partial<Preferences>) => void;
  surfaces: Surfaces;
  /** Which optional parts this page has: what is not there is not offered. */
  parts: PageParts;
  /** Opens and closes what is named. */
  show: (change: Partial<Surfaces>) => void;
  /** A short confirmation at the bottom; never for errors about text. */
  say: (words: string, action?: ToastAction) => void;
  /** A notice above the text, until it is closed or somebody types. */
  warn: (words: string) => void;
  /** What the page's own buttons do. */
  acts: {
    download: () => void;
    search: () => void;
    newRoom: () => void;
    newRoomWith: (text: string, title: string) => void;
    rename: (name: string, color: number) => void;
    jumpTo: (authors: readonly number[]) => void;
  };
}

/** What parts.ts names, for those that parts.ts brings. */
export interface PageParts {
  dialogs: Partial<Record<DialogName, unknown>>;
  drawers: Partial<Record<DrawerName, unknown>>;
  preview: unknown;
  companions: readonly {
    when: (state: { view: RoomView; preferences: Preferences; surfaces: Surfaces }) => boolean;
  }[];
}

export interface ToastAction {
  words: string;
  run: () => void;
}

/** A part that gets the room's tools. */
export type ToolPart = LazyPart<{ tools: RoomTools }>;

/** What a dialog is given beside the tools. */
export interface DialogProps {
  tools: RoomTools;
  onClose: () => void;
}
