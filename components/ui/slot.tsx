'use client';

import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** Places of the room's page that stand empty until an optional part fills them. */
export type SlotName = 'bar' | 'cover' | 'strip';

const idOf = (name: SlotName) => `slot-${name}`;

/**
 * `bar`: in the top bar, before the buttons. `cover`: over the text and all of its width. `strip`: between text and footer,
 * above a phone's keyboard.
 */
export function Slot({ name, className }: { name: SlotName; className: string }) {
  return <div id={idOf(name)} className={`empty:hidden ${className}`} />;
}

/** Draws into a slot from anywhere on the page; nothing where the page has no such slot. */
export function InSlot({ name, children }: { name: SlotName; children: ReactNode }) {
  const slot = document.getElementById(idOf(name));
  return slot === null ? null : createPortal(children, slot);
}
