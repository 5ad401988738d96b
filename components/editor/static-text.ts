import { DEFAULT_LANGUAGE } from './language-guess.ts';
import { hangingEm, lineClass, lineKind, lineMark, type Fence } from './markdown-lines.ts';

/**
 * The text as HTML with the shapes that the editor will give it, readable before any script ran. Returned as a string,
 * because thousands of lines as React elements would have to be hydrated one by one.
 */
export function staticText(text: string, language: string): string {
  const rows = text.split('\n');
  if (language !== DEFAULT_LANGUAGE) return rows.map((row) => div('', '', escapeHtml(row))).join('');
  let fence: Fence = null;
  const html: string[] = [];
  for (const row of rows) {
    const read = lineKind(row, fence);
    fence = read.fence;
    const hanging = hangingEm(read.line);
    const mark = lineMark(read.line);
    const length = mark?.length ?? 0;
    const head =
      mark === null || length === 0 ? '' : `<span class="${mark.name}">${escapeHtml(row.slice(0, length))}</span>`;
    const rest = inline(row.slice(length), read.line.kind);
    const struck =
      read.line.kind === 'task' && read.line.done && rest !== '' ? `<span class="md-struck">${rest}</span>` : rest;
    html.push(div(lineClass(read.line), hanging > 0 ? `--hang: ${hanging}em` : '', head + struck));
  }
  return html.join('');
}

/** Strong text and code inside a line change how wide it is, so they are drawn here too. */
function inline(text: string, kind: string): string {
  if (kind === 'code') return escapeHtml(text);
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 1
        ? `<span class="md-inline-code">${escapeHtml(part)}</span>`
        : escapeHtml(part).replace(
            /\*\*(\S(?:[^*]*\S)?)\*\*/g,
            '<span class="md-mark">**</span><strong>$1</strong><span class="md-mark">**</span>',
          ),
    )
    .join('');
}

function div(name: string, style: string, inner: string): string {
  const names = name === '' ? 'cm-line' : `cm-line ${name}`;
  return `<div class="${names}"${style === '' ? '' : ` style="${style}"`}>${inner === '' ? '<br>' : inner}</div>`;
}

/** Text as it may stand between tags and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
