import type { Action } from './action.ts';
import { formatActions } from './format-actions.ts';
import { helpActions } from './help-actions.ts';
import { lookActions } from './look-actions.ts';
import { peopleActions } from './people-actions.ts';
import { roomActions } from './room-actions.ts';
import { textActions } from './text-actions.ts';

/** Everything that can be done in a room, one list for each feature; a new feature adds its list with one line. */
export const ACTIONS: readonly Action[] = [
  ...roomActions,
  ...textActions,
  ...formatActions,
  ...peopleActions,
  ...lookActions,
  ...helpActions,
];
