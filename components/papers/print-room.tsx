'use client';

import { useEffect, useRef } from 'react';
import { PAPER_COLORS, PAPER_STYLE } from '../preview/paper-style.ts';
import { tokensIn } from '../preview/theme-colors.ts';
import type { DialogProps, RoomTools } from '../room/room-tools.ts';
import { makePaper } from './make-paper.ts';
import { paperStrings } from './paper-strings.ts';

/** A picture or a font that does not come within this time is printed without, in ms. */
const MOST_MS = 5_000;

/** On paper stands the text and nothing of the page. On the screen it waits aside, or fonts and pictures would not be there. */
const PRINT_STYLE = `
.print-room{position:absolute;left:-200vw;top:0;width:44rem;color-scheme:light}
@page{margin:18mm 16mm}
@media print{
body>:not(.print-room){display:none!important}
html,body{height:auto!important;overflow:visible!important;background:#fff!important}
.print-room{position:static;width:auto}
.paper{font-size:11pt}
.paper h1{font-size:20pt}.paper h2{font-size:14pt}.paper :is(h3,h4,h5,h6){font-size:11pt}
.paper :is(h1,h2,h3,h4,h5,h6){break-after:avoid}
.paper :is(tr,img,.formula,blockquote>p,li>p){break-inside:avoid}
.paper pre{white-space:pre-wrap;overflow:visible}.paper pre code{white-space:pre-wrap;overflow-wrap:anywhere}
.paper table{display:table;overflow:visible}
.paper :is(p,li){orphans:3;widows:3}
}
.paper pre.plain{background:none;padding:0;white-space:pre-wrap}.paper pre.plain code{white-space:pre-wrap;font-family:var(--face-text)}
`;

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
  const sheet = document.createElement('div');
  sheet.className = 'print-room';
  const style = document.createElement('style');
  style.textContent = PAPER_STYLE + PRINT_STYLE;
  // Paper is light, whatever the page is.
  for (const [name, value] of Object.entries(tokensIn('light', PAPER_COLORS))) sheet.style.setProperty(name, value);
  sheet.append(style, paper);
  // A screen reader would read everything twice.
  sheet.setAttribute('aria-hidden', 'true');
  sheet.inert = true;
  document.body.append(sheet);
  try {
    const pictures = [...paper.querySelectorAll('img')].map((picture) => picture.decode());
    await Promise.race([
      Promise.allSettled([document.fonts.ready, ...pictures]),
      new Promise((resolve) => setTimeout(resolve, MOST_MS)),
    ]);
    if (isGone()) return;
    await printed();
  } finally {
    sheet.remove();
  }
}

/** Some browsers come back from `print()` at once: what is printed must stay until they say that they have it. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('afterprint', () => resolve(), { once: true });
    window.print();
  });
}
