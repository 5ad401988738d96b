import { figureText, numberText } from './figure-text.ts';
import { median, ratio } from './numbers.ts';

/** A table of figures: a line for each subject, a column for each thing that was measured. */
export interface Table {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** What one has to know to read it: Markdown. */
  note?: string;
}

export interface Column {
  key: string;
  /** With the unit. */
  title: string;
  /** Name of the row that the others are compared with, round by round; no comparison without it. */
  base?: string;
}

export interface Row {
  name: string;
  /** For each column's key the values of all rounds, in order: in one round all rows had the same weather. */
  figures: Readonly<Record<string, readonly number[]>>;
  /** What is special about it, in a word or two. */
  remark?: string;
}

/** The table as Markdown, which is legible in a terminal too: medians with their ranges, and ratios to the base. */
export function tableText({ columns, rows }: Table): string {
  const remarked = rows.some(({ remark }) => remark !== undefined);
  const head = ['', ...columns.map(({ title }) => title), ...(remarked ? [''] : [])];
  const lines = rows.map((row) => [
    row.name,
    ...columns.map((column) => cellText(row, column, rows)),
    ...(remarked ? [row.remark ?? ''] : []),
  ]);
  return alignedTable(head, lines);
}

/** A Markdown table whose columns are as wide as what is in them: words to the left, everything behind to the right. */
export function alignedTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(3, title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const told = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [told(head), `| ${rule.join(' | ')} |`, ...lines.map(told)].join('\n');
}

function cellText(row: Row, { key, base }: Column, rows: readonly Row[]): string {
  const values = row.figures[key];
  if (values === undefined || values.length === 0) return '–';
  const compared = rows.find(({ name }) => name === base)?.figures[key];
  if (compared === undefined || row.name === base) return figureText(values);
  const times = ratio(values, compared);
  return Number.isFinite(times) ? `${figureText(values)} × ${numberText(times)}` : figureText(values);
}

/** The values of one figure. Throws if the table has no such row or column: a bar on nothing would never fail. */
export function valuesOf({ title, rows }: Pick<Table, 'title' | 'rows'>, name: string, key: string): readonly number[] {
  const values = rows.find((row) => row.name === name)?.figures[key];
  if (values === undefined || values.length === 0) throw new Error(`The table “${title}” has no ${key} of ${name}.`);
  return values;
}

/** Median of the rounds' ratios of one row to another; how many times `base`'s figure it is. Throws as `valuesOf` does. */
export function ratioOf(table: Pick<Table, 'title' | 'rows'>, key: string, name: string, base: string): number {
  return ratio(valuesOf(table, name, key), valuesOf(table, base, key));
}

/**
 * The row with the best median of a figure, of those whose name is not in `except`. Throws if there is none.
 */
export function bestOf(
  { title, rows }: Pick<Table, 'title' | 'rows'>,
  key: string,
  { wanted, except }: { wanted: 'most' | 'least'; except: readonly string[] },
): string {
  const sign = wanted === 'most' ? -1 : 1;
  const [best] = rows
    .filter(({ name, figures }) => !except.includes(name) && (figures[key]?.length ?? 0) > 0)
    .toSorted((a, b) => sign * (median(a.figures[key] ?? []) - median(b.figures[key] ?? [])));
  if (best === undefined) throw new Error(`The table “${title}” has nobody’s ${key} to compare with.`);
  return best.name;
}
