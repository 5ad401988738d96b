import { TableProperties } from 'lucide-react';
import { isMarkdown } from '../editor/language-guess.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { runCommand } from '../writing/commands.ts';
import { DESKTOP_BUTTONS, TABLE_BUTTONS, type FormatButton } from '../writing/format-buttons.ts';
import { tableAt } from '../writing/table-edit.ts';
import { writingStrings } from '../writing/writing-strings.ts';
import type { Action } from './action.ts';
import { canEdit } from './available.ts';

const formats = (tools: RoomTools): boolean => canEdit(tools) && isMarkdown(tools.language);

const inTable = (tools: RoomTools): boolean => {
  const view = tools.editor();
  return formats(tools) && view !== null && tableAt(view.state) !== null;
};

function format({ name, Icon, keys }: Omit<FormatButton, 'toggles'>, when: (tools: RoomTools) => boolean): Action {
  return {
    id: `format-${name}`,
    words: writingStrings.commands[name],
    group: 'text',
    icon: Icon,
    ...(keys === undefined ? {} : { keys }),
    when,
    run: ({ editor }) => {
      const view = editor();
      if (view !== null) runCommand(view, name);
    },
  };
}

/** What the format bar does, by name. Undo and redo are the editor's own keys. */
export const formatActions: readonly Action[] = [
  ...DESKTOP_BUTTONS.filter(({ name }) => name !== 'undo' && name !== 'redo').map((button) => format(button, formats)),
  ...TABLE_BUTTONS.map((button) => format(button, inTable)),
  format({ name: 'formatTable', Icon: TableProperties }, inTable),
];
