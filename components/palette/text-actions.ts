import { Eraser, Hash, Languages, Search, UserX } from 'lucide-react';
import type { Action } from './action.ts';
import { all, canEdit, hasDialog } from './available.ts';
import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.actions;

/** What is done with the text. */
export const textActions: readonly Action[] = [
  {
    id: 'search',
    words: t.search,
    group: 'text',
    keys: 'Mod+F',
    icon: Search,
    run: ({ acts }) => acts.search(),
  },
  {
    id: 'go-to-line',
    words: t.goToLine,
    group: 'text',
    keys: { mac: 'Ctrl+G', other: 'Alt+G' },
    icon: Hash,
    asks: ':',
  },
  {
    id: 'language',
    words: t.language,
    group: 'text',
    icon: Languages,
    when: canEdit,
    asks: paletteStrings.languageQuery,
  },
  {
    id: 'undo-person',
    words: t.undoPerson,
    group: 'text',
    icon: UserX,
    when: all(canEdit, hasDialog('undoPerson')),
    run: ({ show }) => show({ dialog: 'undoPerson' }),
  },
  {
    id: 'redact',
    words: t.redact,
    group: 'text',
    icon: Eraser,
    when: ({ view, parts }) => view.role === 'owner' && parts.dialogs.redact !== undefined,
    run: ({ show }) => show({ dialog: 'redact' }),
  },
];
