import { textWidth } from './text-width.ts';

export type Align = 'none' | 'left' | 'center' | 'right';

/** A table of Markdown: its first row is the head. Every row has as many cells as `aligns`. */
export interface Table {
  indent: string;
  aligns: Align[];
  rows: string[][];
}

/** Dashes that a delimiter needs at least, to be one everywhere. */
const LEAST_DASHES = 3;

/** Lines that are looked at for a table's ends. */
export const MOST_ROWS = 2_000;

/** Could this line be a row of a table? Cheap enough for every press of Tab. */
export function looksLikeRow(line: string): boolean {
  return /^\s*\|/.test(line) || /[^\\]\|/.test(line);
}

/** The cells of a row, trimmed. A bar after a backslash, or inside of code, is a letter as others. */
export function cellsOf(line: string): string[] {
  const cells = [];
  for (const { from, to } of cellSpans(line)) cells.push(line.slice(from, to).trim());
  return cells;
}

/** Where the cells of a row are, from bar to bar. */
export function cellSpans(line: string): { from: number; to: number }[] {
  const start = line.length - line.trimStart().length;
  const end = line.trimEnd().length;
  const bars: number[] = [];
  for (let at = start; at < end; at += 1) {
    const letter = line[at];
    if (letter === '\\') at += 1;
    else if (letter === '|') bars.push(at);
    else if (letter === '`') at = codeEnd(line, at);
  }
  const edges = [...bars];
  if (edges[0] !== start) edges.unshift(start - 1);
  if (edges.at(-1) !== end - 1 || edges.length === 1) edges.push(end);
  return edges.slice(0, -1).map((edge, index) => ({ from: edge + 1, to: Math.max(edge + 1, edges[index + 1] ?? end) }));
}

/** The last unit of the code that begins at `at`, or `at` if nothing ends it. */
function codeEnd(line: string, at: number): number {
  const run = /^`+/.exec(line.slice(at))?.[0] ?? '`';
  let from = at + run.length;
  for (;;) {
    const next = line.indexOf(run, from);
    if (next === -1) return at + run.length - 1;
    const whole = /^`+/.exec(line.slice(next))?.[0].length ?? 0;
    if (whole === run.length) return next + run.length - 1;
    from = next + whole;
  }
}

/** What the row under the head says about the columns; null if this is no such row. */
export function alignsOf(line: string): Align[] | null {
  if (!line.includes('-') || !/^[\s|:-]+$/.test(line) || !line.includes('|')) return null;
  const cells = cellsOf(line);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell))) return null;
  return cells.map((cell) => {
    const left = cell.startsWith(':');
    const right = cell.endsWith(':');
    if (left && right) return 'center';
    return right ? 'right' : left ? 'left' : 'none';
  });
}

/** Reads the lines of a table: head, delimiter, rows. Null if the second line is no delimiter. */
export function readTable(lines: readonly string[]): Table | null {
  const [head, delimiter, ...rest] = lines;
  const aligns = delimiter === undefined ? null : alignsOf(delimiter);
  if (head === undefined || aligns === null) return null;
  const rows = [head, ...rest].map(cellsOf);
  const columns = Math.max(aligns.length, ...rows.map((row) => row.length));
  while (aligns.length < columns) aligns.push('none');
  for (const row of rows) while (row.length < columns) row.push('');
  return { indent: /^[ \t]*/.exec(head)?.[0] ?? '', aligns, rows };
}

/** The lines of a table, every column as wide as its widest cell. */
export function writeTable({ indent, aligns, rows }: Table): string[] {
  const widths = aligns.map((_, column) => Math.max(LEAST_DASHES, ...rows.map((row) => textWidth(row[column] ?? ''))));
  const lines = rows.map((row) => {
    const cells = aligns.map((align, column) => pad(row[column] ?? '', widths[column] ?? 0, align));
    return `${indent}| ${cells.join(' | ')} |`;
  });
  const dashes = aligns.map((align, column) => delimiterOf(align, widths[column] ?? 0));
  lines.splice(1, 0, `${indent}| ${dashes.join(' | ')} |`);
  return lines;
}

function pad(cell: string, width: number, align: Align): string {
  const space = Math.max(0, width - textWidth(cell));
  const before = align === 'right' ? space : align === 'center' ? Math.floor(space / 2) : 0;
  return ' '.repeat(before) + cell + ' '.repeat(space - before);
}

function delimiterOf(align: Align, width: number): string {
  const left = align === 'left' || align === 'center' ? ':' : '';
  const right = align === 'right' || align === 'center' ? ':' : '';
  return left + '-'.repeat(width - left.length - right.length) + right;
}
