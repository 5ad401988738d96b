import { List, MessageCircle, MessageSquare, Users, UserRoundSearch, X } from 'lucide-react';
import { crowdOf } from '../people/crowd.ts';
import { goToNextPerson } from '../presence/next-person.ts';
import type { Action } from './action.ts';
import { hasTab } from './available.ts';
import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.actions;

/** What the side panel has, and ways to the others. */
export const peopleActions: readonly Action[] = [
  {
    id: 'people',
    words: t.people,
    group: 'people',
    icon: Users,
    when: hasTab('people'),
    run: ({ show }) => show({ panel: 'people' }),
  },
  {
    id: 'chat',
    words: t.chat,
    group: 'people',
    icon: MessageCircle,
    when: hasTab('chat'),
    run: ({ show }) => show({ panel: 'chat' }),
  },
  {
    id: 'comments',
    words: t.comments,
    group: 'people',
    keys: 'Mod+Shift+M',
    icon: MessageSquare,
    when: hasTab('comments'),
    run: ({ show }) => show({ panel: 'comments' }),
  },
  {
    id: 'outline',
    words: t.outline,
    group: 'text',
    icon: List,
    when: hasTab('outline'),
    run: ({ show }) => show({ panel: 'outline' }),
  },
  {
    id: 'next-person',
    words: t.nextPerson,
    group: 'people',
    keys: 'Alt+PageDown',
    icon: UserRoundSearch,
    when: ({ view }) => view.online && crowdOf(view).length > 0,
    run: (tools) => goToNextPerson(tools, 1),
  },
  {
    id: 'previous-person',
    words: t.previousPerson,
    group: 'people',
    keys: 'Alt+PageUp',
    icon: UserRoundSearch,
    when: ({ view }) => view.online && crowdOf(view).length > 0,
    run: (tools) => goToNextPerson(tools, -1),
  },
  {
    id: 'close-panel',
    words: t.closePanel,
    group: 'look',
    icon: X,
    when: ({ surfaces }) => surfaces.panel !== null,
    run: ({ show }) => show({ panel: null }),
  },
];
