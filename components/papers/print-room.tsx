'use client';

import { useEffect, useRef } from 'react';
import type { DialogProps, RoomTools } from '../room/room-tools.ts';
import { makePaper } from './make-paper.ts';
import { paperStrings } from './paper-strings.ts';
import { printSheet } from './print-sheet.ts';

/** A picture or a font that does not come within this time is printed without, in ms. */
const MOST_MS = 5_000;

/** Prints the text as it reads, when it is drawn; the browser's dialog makes a PDF of it too. */
export function PrintRoom({ tools, onClose }: DialogProps) {
  const latest = useRef({ tools, onClose });
  useEffect(() => {
    latest.current = { tools, onClose };
  });
  useEffect(() => {
    let gone = false;
    printText(latest.current.tools, () => gone)
      .catch(() => latest.current.tools.warn(paperStrings.printFailed))
      .finally(() => {
        if (!gone) latest.current.onClose();
      });
    return () => {
      gone = true;
    };
  }, []);
  return (
    <div role="status" className="fixed inset-x-0 bottom-14 z-30 flex justify-center">
      <span className="rounded-sm bg-raised px-3.5 py-2.25 text-md shadow-2">{paperStrings.preparing}</span>
    </div>
  );
}

async function printText({ client, language }: RoomTools, isGone: () => boolean): Promise<void> {
  if (client === null) return;
  const paper = await makePaper(client.text(), language, { look: 'light', goal: 'page' });
  if (isGone()) return;
  const remove = printSheet(paper);
  try {
    const pictures = [...paper.querySelectorAll('img')].map((picture) => picture.decode());
    await Promise.race([
      Promise.allSettled([document.fonts.ready, ...pictures]),
      new Promise((resolve) => setTimeout(resolve, MOST_MS)),
    ]);
    if (isGone()) return;
    await printed();
  } finally {
    remove();
  }
}

/** Some browsers come back from `print()` at once: what is printed must stay until they say that they have it. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('afterprint', () => resolve(), { once: true });
    window.print();
  });
}
