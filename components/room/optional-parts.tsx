'use client';

import { Part } from '../ui/lazy-part.tsx';
import { COMPANIONS, DIALOGS, DRAWERS } from './parts.ts';
import type { RoomTools } from './room-tools.ts';

/** What slides in from below, if anything is open there. */
export function Drawer({ tools }: { tools: RoomTools }) {
  const { drawer } = tools.surfaces;
  const part = drawer === null ? undefined : DRAWERS[drawer];
  return part === undefined ? null : <Part key={drawer} part={part} props={{ tools }} />;
}

/** The dialog that is open, and what runs without a place of its own. */
export function DialogAndCompanions({ tools }: { tools: RoomTools }) {
  const { dialog } = tools.surfaces;
  const part = dialog === null ? undefined : DIALOGS[dialog];
  return (
    <>
      {part !== undefined && (
        <Part key={dialog} part={part} props={{ tools, onClose: () => tools.show({ dialog: null }) }} />
      )}
      {COMPANIONS.map((companion, index) =>
        companion.when(tools) ? <Part key={index} part={companion.part} props={{ tools }} /> : null,
      )}
    </>
  );
}
