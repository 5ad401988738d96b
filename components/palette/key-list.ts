import type { RoomTools } from '../room/room-tools.ts';
import type { Action, Keys } from './action.ts';
import { ACTIONS } from './actions.ts';
import { formatActions } from './format-actions.ts';
import { paletteStrings } from './palette-strings.ts';

export interface KeyGroup {
  name: string;
  keys: readonly KeyEntry[];
}

export interface KeyEntry {
  words: string;
  /** One after the other, if more than one. */
  keys: readonly Keys[];
}

const t = paletteStrings.keys;

/** Keys of the page that belong to no action. */
const PAGE: readonly KeyEntry[] = [
  { words: t.palette, keys: ['Mod+K'] },
  { words: t.paletteAlways, keys: ['F1'] },
  { words: t.closeLayer, keys: ['Esc'] },
  { words: t.nextRegion, keys: ['F6'] },
  { words: t.previousRegion, keys: ['Shift+F6'] },
  { words: t.leaveText, keys: ['Esc', 'Tab'] },
  { words: t.tabMode, keys: [{ mac: 'Shift+Alt+M', other: 'Ctrl+M' }] },
];

/** Keys of the text: CodeMirror's `defaultKeymap`, `historyKeymap` and `searchKeymap`. Those that every field has are left out. */
const TEXT: readonly KeyGroup[] = [
  {
    name: t.moving,
    keys: [
      { words: t.start, keys: [{ mac: 'Mod+Up', other: 'Mod+Home' }] },
      { words: t.end, keys: [{ mac: 'Mod+Down', other: 'Mod+End' }] },
      { words: t.bracket, keys: ['Mod+Shift+\\'] },
      { words: t.caretAbove, keys: ['Mod+Alt+Up'] },
      { words: t.caretBelow, keys: ['Mod+Alt+Down'] },
      { words: t.selectLine, keys: [{ mac: 'Ctrl+L', other: 'Alt+L' }] },
    ],
  },
  {
    name: t.writing,
    keys: [
      { words: t.undo, keys: ['Mod+Z'] },
      { words: t.redo, keys: [{ mac: 'Mod+Shift+Z', other: 'Mod+Y' }] },
      { words: t.undoSelection, keys: ['Mod+U'] },
      { words: t.indent, keys: ['Tab'] },
      { words: t.outdent, keys: ['Shift+Tab'] },
      { words: t.moveUp, keys: ['Alt+Up'] },
      { words: t.moveDown, keys: ['Alt+Down'] },
      { words: t.copyUp, keys: ['Shift+Alt+Up'] },
      { words: t.copyDown, keys: ['Shift+Alt+Down'] },
      { words: t.deleteLine, keys: ['Mod+Shift+K'] },
      { words: t.lineBelow, keys: ['Mod+Enter'] },
      { words: t.comment, keys: ['Mod+/'] },
    ],
  },
  {
    name: t.searching,
    keys: [
      { words: t.next, keys: ['Mod+G'] },
      { words: t.previous, keys: ['Mod+Shift+G'] },
      { words: t.nextSame, keys: ['Mod+D'] },
      { words: t.allSame, keys: ['Mod+Shift+L'] },
    ],
  },
];

/** All keys of the page as it is now, by what they are about. */
export function keyList(tools: RoomTools): KeyGroup[] {
  const page = ACTIONS.filter((action) => !formatActions.includes(action));
  return [
    { name: t.page, keys: [...PAGE, ...keysOf(page, tools)] },
    { name: t.formatting, keys: keysOf(formatActions, tools) },
    ...TEXT,
  ];
}

/** Those that can be done now, and have a key. */
function keysOf(actions: readonly Action[], tools: RoomTools): KeyEntry[] {
  return actions.flatMap(({ words, keys, when }) =>
    keys === undefined || when?.(tools) === false ? [] : [{ words, keys: [keys] }],
  );
}
