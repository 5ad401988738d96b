/**
 * What a line of Markdown is, as far as its shape on the page goes. One reading for both renderings: the text in the
 * HTML before any script ran, and the editor's, so that nothing moves when the editor takes over.
 */
export type LineKind =
  | { kind: 'text' }
  /** `mark` units from the line's start are the hashes and the space behind them. */
  | { kind: 'heading'; level: number; mark: number }
  /** `mark` units are indent, bullet or number, and space; `wide`: about how wide that is, in em. */
  | { kind: 'item'; mark: number; wide: number }
  /** The same with a box: `done` if it is ticked. */
  | { kind: 'task'; mark: number; wide: number; done: boolean }
  | { kind: 'quote'; mark: number }
  | { kind: 'code'; part: 'first' | 'inner' | 'last' };

/** Inside which fence the next line begins; null outside of code. */
export type Fence = { char: string; length: number } | null;

/** How wide the marks are drawn, in em of the text. Digits and spaces of the face, measured once. */
const BULLET_EM = 1.5;
const DIGIT_EM = 0.6;
const INDENT_EM = 0.5;
const TASK_EM = 3.1;

/** Reads one line, given the fence that it begins in, and says which one the next begins in. */
export function lineKind(line: string, fence: Fence): { line: LineKind; fence: Fence } {
  const ticks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (fence !== null) {
    const run = ticks?.[1] ?? '';
    const closes = run.startsWith(fence.char) && run.length >= fence.length && (ticks?.[2] ?? '').trim() === '';
    return { line: { kind: 'code', part: closes ? 'last' : 'inner' }, fence: closes ? null : fence };
  }
  const opening = ticks?.[1];
  if (opening !== undefined && !(opening.startsWith('`') && (ticks?.[2] ?? '').includes('`'))) {
    return { line: { kind: 'code', part: 'first' }, fence: { char: opening.charAt(0), length: opening.length } };
  }
  return { line: plainKind(line), fence: null };
}

function plainKind(line: string): LineKind {
  const heading = /^(#{1,6})(?:[ \t]+|$)/.exec(line);
  if (heading !== null) return { kind: 'heading', level: heading[1]?.length ?? 1, mark: heading[0].length };
  const item = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?/.exec(line);
  if (item !== null && !isRule(line)) {
    const indent = (item[1] ?? '').replaceAll('\t', '    ').length * INDENT_EM;
    const box = item[4];
    if (box !== undefined) {
      return { kind: 'task', mark: item[0].length, wide: indent + TASK_EM, done: /x/i.test(box) };
    }
    const bullet = item[2] ?? '-';
    const wide = bullet.length === 1 ? BULLET_EM : Math.max(BULLET_EM, bullet.length * DIGIT_EM + 0.3);
    return { kind: 'item', mark: (item[1] ?? '').length + bullet.length + (item[3] ?? '').length, wide: indent + wide };
  }
  const quote = /^ {0,3}(?:> ?)+/.exec(line);
  if (quote !== null) return { kind: 'quote', mark: quote[0].length };
  return { kind: 'text' };
}

/** `---` and `* * *` are rules across the page, not items. */
function isRule(line: string): boolean {
  return /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(line);
}

/** The class of a whole line. */
export function lineClass(line: LineKind): string {
  switch (line.kind) {
    case 'text':
      return '';
    case 'heading':
      return `md-h md-h${line.level}`;
    case 'item':
      return 'md-item';
    case 'task':
      return line.done ? 'md-item md-done' : 'md-item';
    case 'quote':
      return 'md-quote';
    case 'code':
      return line.part === 'inner' ? 'md-code' : `md-code md-code-${line.part}`;
    default:
      return unknown(line);
  }
}

/** The class of the marks at a line's start and how many units they are; null if it has none. */
export function lineMark(line: LineKind): { length: number; name: string } | null {
  switch (line.kind) {
    case 'heading':
      return { length: line.mark, name: 'md-mark md-hang' };
    case 'item':
      return { length: line.mark, name: 'md-mark md-bullet' };
    case 'task':
      return { length: line.mark, name: 'md-mark md-bullet md-box' };
    case 'quote':
      return { length: line.mark, name: 'md-mark' };
    case 'text':
    case 'code':
      return null;
    default:
      return unknown(line);
  }
}

/** How far an item's second row hangs in, in em; 0 for everything else. */
export function hangingEm(line: LineKind): number {
  return line.kind === 'item' || line.kind === 'task' ? line.wide : 0;
}

function unknown(line: never): never {
  throw new Error(`No look for the line ${JSON.stringify(line)}`);
}
