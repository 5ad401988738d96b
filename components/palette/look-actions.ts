import { Feather, ListOrdered, Monitor, Moon, Settings, Sun, TextWrap, Type } from 'lucide-react';
import { applyTheme, currentTheme, type Theme } from '../ui/theme.ts';
import type { Action } from './action.ts';
import { hasCompanion, hasDialog } from './available.ts';
import { paletteStrings } from './palette-strings.ts';

const t = paletteStrings.actions;

type Switched = 'lineNumbers' | 'wrap' | 'authorship' | 'focusMode';

/** One action to switch a preference on and one to switch it off, of which one is offered at a time. */
function switched(
  preference: Switched,
  words: { on: string; off: string },
  rest: Pick<Action, 'icon' | 'when'>,
): Action[] {
  return [true, false].map((on) => ({
    ...rest,
    id: `${preference}-${on ? 'on' : 'off'}`,
    words: on ? words.on : words.off,
    group: 'look',
    when: (tools) => tools.preferences[preference] !== on && rest.when?.(tools) !== false,
    run: ({ setPreferences }) => setPreferences({ [preference]: on }),
  }));
}

function theme(name: Theme, icon: Action['icon']): Action {
  return {
    id: `theme-${name}`,
    words: t[name],
    group: 'look',
    ...(icon === undefined ? {} : { icon }),
    when: () => currentTheme() !== name,
    run: () => applyTheme(name),
  };
}

/** How the page and the text look. */
export const lookActions: readonly Action[] = [
  {
    id: 'settings',
    words: t.settings,
    group: 'look',
    keys: 'Mod+,',
    icon: Settings,
    when: hasDialog('settings'),
    run: ({ show }) => show({ dialog: 'settings' }),
  },
  theme('light', Sun),
  theme('dark', Moon),
  theme('system', Monitor),
  ...switched('lineNumbers', { on: t.showNumbers, off: t.hideNumbers }, { icon: ListOrdered }),
  ...switched('wrap', { on: t.wrap, off: t.noWrap }, { icon: TextWrap }),
  ...switched(
    'authorship',
    { on: t.showAuthors, off: t.hideAuthors },
    { icon: Type, when: hasCompanion('authorship') },
  ),
  ...switched(
    'focusMode',
    { on: t.focusMode, off: t.leaveFocusMode },
    { icon: Feather, when: hasCompanion('focusMode') },
  ),
];
