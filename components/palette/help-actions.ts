import { Activity, Keyboard } from 'lucide-react';
import type { Action } from './action.ts';
import { hasDialog, hasDrawer } from './available.ts';
import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.actions;

/** Ways to understand the page. */
export const helpActions: readonly Action[] = [
  {
    id: 'keys',
    words: t.keys,
    group: 'help',
    icon: Keyboard,
    when: hasDialog('keys'),
    run: ({ show }) => show({ dialog: 'keys' }),
  },
  {
    id: 'inspector',
    words: t.inspector,
    group: 'help',
    icon: Activity,
    when: hasDrawer('inspector'),
    run: ({ show }) => show({ drawer: 'inspector' }),
  },
];
