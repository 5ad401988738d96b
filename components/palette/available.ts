import { TABS } from '../panel/tabs.ts';
import type { RoomTools } from '../room/room-tools.ts';
import type { DialogName, DrawerName, PanelTab } from '../room/surfaces.ts';

type Ask = (tools: RoomTools) => boolean;

/** For `Action.when`: has this page the part that the action opens? */
export const hasDialog =
  (name: DialogName): Ask =>
  ({ parts }) =>
    parts.dialogs[name] !== undefined;

export const hasDrawer =
  (name: DrawerName): Ask =>
  ({ parts }) =>
    parts.drawers[name] !== undefined;

export const hasTab =
  (name: PanelTab): Ask =>
  () =>
    TABS.some((tab) => tab.name === name);

export const hasPreview: Ask = ({ parts }) => parts.preview !== null;

/** Does a part of the page run while this preference is on, and only then? */
export const hasCompanion =
  (preference: 'authorship' | 'focusMode'): Ask =>
  ({ parts, view, preferences, surfaces }) => {
    const state = (on: boolean) => ({ view, surfaces, preferences: { ...preferences, [preference]: on } });
    return parts.companions.some(({ when }) => when(state(true)) && !when(state(false)));
  };

/** All of these. */
export const all =
  (...asks: readonly Ask[]): Ask =>
  (tools) =>
    asks.every((ask) => ask(tools));

export const canEdit: Ask = ({ client, view }) => client !== null && view.canEdit;
