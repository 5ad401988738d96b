import { Activity, Keyboard, Stethoscope } from 'lucide-react';
import { withBase } from '../ui/base-path.ts';
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
  {
    id: 'check',
    words: t.check,
    group: 'help',
    icon: Stethoscope,
    // Beside the room, which may be the one that does not get through.
    run: () => void window.open(withBase('/check'), '_blank', 'noopener'),
  },
];
