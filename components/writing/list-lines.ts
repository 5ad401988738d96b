import type { ChangeSpec, Text } from '@codemirror/state';

/** What stands before the words of an item or a quotation. */
export interface Marks {
  /** The signs of quotations, with their spaces. */
  quote: string;
  item: ItemMarks | null;
  /** Units of all of it. */
  length: number;
}

export interface ItemMarks {
  indent: string;
  /** `-`, `*`, `+`; empty for a number. */
  bullet: string;
  number: number;
  /** The number as it is written, zeros in front of it included. */
  digits: string;
  /** `.` or `)` behind the number. */
  dot: string;
  space: string;
  /** `[ ] ` or `[x] `; empty for an item that is no task. */
  box: string;
}

const QUOTE = /^(?:[ \t]{0,3}>[ \t]?)+/;
const ITEM = /^([ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\](?:[ \t]+|$))?/;
/** `---` and `* * *` are rules across the page. */
const RULE = /^[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** The marks of a line; null if it has none. */
export function readMarks(text: string): Marks | null {
  const quote = QUOTE.exec(text)?.[0] ?? '';
  const rest = text.slice(quote.length);
  const found = RULE.test(rest) ? null : ITEM.exec(rest);
  if (found === null) return quote === '' ? null : { quote, item: null, length: quote.length };
  const [all, indent = '', bullet = '', digits = '', dot = '', space = '', box = ''] = found;
  const item = { indent, bullet, number: Number(digits), digits, dot, space, box };
  return { quote, item, length: quote.length + all.length };
}

/** The number or bullet of an item, as it is written. */
export function signOf({ bullet, digits, dot }: ItemMarks): string {
  return bullet === '' ? `${digits}${dot}` : bullet;
}

/** Columns before the sign, a tab being four. */
export function columnOf({ indent }: ItemMarks): number {
  return indent.replaceAll('\t', '    ').length;
}

/** An item of a text, and the line it is on. */
export interface ItemAt {
  line: number;
  marks: ItemMarks;
}

/**
 * The nearest item above `line` that is not further in than `column`, in the same quotation; null if other text comes before
 * it. Lines that are further in belong to it.
 */
export function itemAbove(doc: Text, line: number, quote: string, column: number): ItemAt | null {
  for (let at = line - 1; at >= 1; at -= 1) {
    const { text } = doc.line(at);
    const marks = readMarks(text);
    if (marks?.item && marks.quote === quote) {
      if (columnOf(marks.item) <= column) return { line: at, marks: marks.item };
    } else if (!belongs(text, quote, 0)) {
      return null;
    }
  }
  return null;
}

/** Makes the numbers after the item on `line` follow its own, as far as its list goes. */
export function renumberAfter(doc: Text, line: number): ChangeSpec[] {
  const first = readMarks(doc.line(line).text);
  if (!first?.item || first.item.bullet !== '') return [];
  const { quote, item } = first;
  const column = columnOf(item);
  const changes: ChangeSpec[] = [];
  let expected = item.number;
  for (let at = line + 1; at <= doc.lines; at += 1) {
    const { text, from } = doc.line(at);
    const marks = readMarks(text);
    if (!marks?.item || marks.quote !== quote) {
      if (!belongs(text, quote, column)) break;
      continue;
    }
    const here = columnOf(marks.item);
    if (here > column) continue;
    if (here < column || marks.item.bullet !== '' || marks.item.dot !== item.dot) break;
    expected += 1;
    if (marks.item.number === expected) continue;
    const start = from + quote.length + marks.item.indent.length;
    changes.push({ from: start, to: start + marks.item.digits.length, insert: String(expected) });
  }
  return changes;
}

/** Does a line without marks belong to the item before it? Empty ones do, and those that are further in than `column`. */
function belongs(text: string, quote: string, column: number): boolean {
  if (!text.startsWith(quote.trimEnd())) return false;
  const rest = text.slice(quote.length);
  return rest.trim() === '' || rest.length - rest.trimStart().length > column;
}
