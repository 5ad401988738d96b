import { DEFAULT_LANGUAGE } from './language-guess.ts';
import { hangingEm, lineClass, lineKind, lineMark, type Fence } from './markdown-lines.ts';

/**
 * The text as HTML with the shapes that the editor will give it, readable before any script ran. Returned as a string,
 * because thousands of lines as React elements would have to be hydrated one by one.
 */
export function staticText(text: string, language: string): string {
  const lines = text.split('\n');
  return groups(lines, language === DEFAULT_LANGUAGE ? markdownLines(lines) : lines.map(plainLine));
}

/** About so many units fit into a row of the column, on a desktop. */
const ROW_UNITS = 70;
/** Rows that are laid out together: more than a view is high, and few enough to take no time. */
const GROUP_ROWS = 60;

/**
 * Lines in groups of about a view. All but the first are laid out by the browser when they come near (`text-column.css`), for
 * which it has to know about how high they are: a long text would keep the page's own code waiting otherwise.
 */
function groups(lines: readonly string[], html: readonly string[]): string {
  const done: string[] = [];
  let from = 0;
  let rows = 0;
  for (const [index, line] of lines.entries()) {
    rows += Math.max(1, Math.ceil(line.length / ROW_UNITS));
    if (rows < GROUP_ROWS && index < lines.length - 1) continue;
    const inner = html.slice(from, index + 1).join('');
    done.push(from === 0 ? inner : `<div class="far-lines" style="--rows: ${rows}">${inner}</div>`);
    from = index + 1;
    rows = 0;
  }
  return done.join('');
}

function plainLine(line: string): string {
  return div('', '', escapeHtml(line));
}

function markdownLines(lines: readonly string[]): string[] {
  let fence: Fence = null;
  return lines.map((row) => {
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
    return div(lineClass(read.line), hanging > 0 ? `--hang: ${hanging}em` : '', head + struck);
  });
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
