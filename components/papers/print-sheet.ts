import { PAPER_COLORS, PAPER_STYLE } from '../preview/paper-style.ts';
import { tokensIn } from '../preview/theme-colors.ts';

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

/** Lays a paper beside the page, which is printed in its place. Returns how to take it away. */
export function printSheet(paper: HTMLElement): () => void {
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
  return () => sheet.remove();
}

/** Is there one already? */
export function hasSheet(): boolean {
  return document.querySelector('.print-room') !== null;
}
