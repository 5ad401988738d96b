import {
  Bold,
  Code,
  Columns3,
  Heading,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  Quote,
  Redo2,
  Rows3,
  Strikethrough,
  Table,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import type { CommandName } from './commands.ts';

export interface FormatButton {
  name: CommandName;
  Icon: LucideIcon;
  /** Keys that do the same, for `aria-keyshortcuts` and the title; `Mod` is Ctrl or ⌘. */
  keys?: string;
  /** Has the caret's place something to say about it? */
  toggles: boolean;
}

const button = (name: CommandName, Icon: LucideIcon, toggles: boolean, keys?: string): FormatButton => ({
  name,
  Icon,
  toggles,
  ...(keys === undefined ? {} : { keys }),
});

const HEADING = button('heading', Heading, true);
const BOLD = button('bold', Bold, true, 'Mod+B');
const ITALIC = button('italic', Italic, true, 'Mod+I');
const LIST = button('bullets', List, true, 'Mod+Shift+8');
const TASKS = button('tasks', ListChecks, true, 'Mod+Shift+9');
const QUOTE = button('quote', Quote, true, 'Mod+Shift+.');
const CODE = button('code', Code, true, 'Mod+E');
const UNDO = button('undo', Undo2, false, 'Mod+Z');

/** As many as fit a phone of 360 px with 44 px for each finger. */
export const PHONE_BUTTONS: readonly FormatButton[] = [HEADING, BOLD, ITALIC, LIST, TASKS, QUOTE, CODE, UNDO];

export const DESKTOP_BUTTONS: readonly FormatButton[] = [
  HEADING,
  BOLD,
  ITALIC,
  button('strike', Strikethrough, true, 'Mod+Shift+X'),
  CODE,
  button('link', Link, true),
  LIST,
  button('numbers', ListOrdered, true, 'Mod+Shift+7'),
  TASKS,
  QUOTE,
  button('table', Table, false),
  UNDO,
  button('redo', Redo2, false, 'Mod+Shift+Z'),
];

/** Instead of "Table" while the caret is in one. */
export const TABLE_BUTTONS: readonly FormatButton[] = [
  button('rowBelow', Rows3, false),
  button('columnAfter', Columns3, false),
];

/** "Ctrl+B" here, "⌘B" on a Mac. */
export function keysWords(keys: string, mac: boolean): string {
  return mac ? keys.replaceAll('Mod', '⌘').replaceAll('Shift', '⇧').replaceAll('+', '') : keys.replace('Mod', 'Ctrl');
}
