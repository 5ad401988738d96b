import { Eraser, Hash, Languages, MessageSquarePlus, Quote, Search, UserX } from 'lucide-react';
import { redactStrings } from '../history/redact-strings.ts';
import { ownerTokenOf, wishToRedact } from '../history/redact-wish.ts';
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
    id: 'comment',
    words: t.comment,
    group: 'text',
    icon: MessageSquarePlus,
    when: canEdit,
    run: (tools) => {
      // Its code comes with the first selection, which there may not have been.
      import('../comments/comment-on-selection.ts').then(
        ({ commentOnSelection }) => commentOnSelection(tools),
        () => tools.show({ panel: 'comments' }),
      );
    },
  },
  {
    id: 'quote',
    words: t.quote,
    group: 'text',
    icon: Quote,
    when: canEdit,
    run: (tools) => {
      import('../chat/quote-selection.ts').then(
        ({ quoteSelection }) => quoteSelection(tools),
        () => tools.show({ panel: 'chat' }),
      );
    },
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
    words: redactStrings.action,
    group: 'text',
    icon: Eraser,
    when: all(hasDialog('redact'), (tools) => ownerTokenOf(tools) !== null),
    run: (tools) => wishToRedact(tools, null),
  },
];
