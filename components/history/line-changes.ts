import { diff } from '../../lib/client/index.ts';

/** A replacement in a text, in UTF-16 units of it. */
export interface LineChange {
  from: number;
  to: number;
  insert: string;
}

/** Lines are numbered with units below the surrogates; a text of more different ones is replaced whole. */
const MOST_LINES = 0xd7ff;

/**
 * Leads from one text to another by whole lines, without what the first and last of them have in common: enough to keep one's
 * place, and quick however different the texts are. Ascending, in units of `before`.
 */
export function lineChanges(before: string, after: string): LineChange[] {
  if (before === after) return [];
  const numbers = new Map<string, string>();
  const number = (line: string): string => {
    const known = numbers.get(line) ?? String.fromCharCode(Math.min(numbers.size, MOST_LINES));
    numbers.set(line, known);
    return known;
  };
  const [old, fresh] = [before, after].map((text) => text.split('\n'));
  if (old === undefined || fresh === undefined) return [];
  const op = diff(old.map(number).join(''), fresh.map(number).join(''));
  if (numbers.size > MOST_LINES) return [{ from: 0, to: before.length, insert: after }];
  const ends = [endsOf(old), endsOf(fresh)] as const;
  const changes: LineChange[] = [];
  let [line, freshLine] = [0, 0];
  let hunk: { line: number; freshLine: number } | null = null;
  const close = () => {
    if (hunk === null) return;
    const at = (index: number, which: 0 | 1) => (index === 0 ? 0 : (ends[which][index - 1] ?? 0));
    changes.push(
      trimmed(before, at(hunk.line, 0), at(line, 0), `${after}\n`.slice(at(hunk.freshLine, 1), at(freshLine, 1))),
    );
    hunk = null;
  };
  for (const part of op) {
    if (typeof part === 'number' && part > 0) {
      close();
      line += part;
      freshLine += part;
      continue;
    }
    hunk ??= { line, freshLine };
    if (typeof part === 'string') freshLine += part.length;
    else line -= part;
  }
  close();
  return changes;
}

/** Where each line ends, its line break included; the last one counts as having one. */
function endsOf(lines: readonly string[]): number[] {
  let end = 0;
  return lines.map((line) => (end += line.length + 1));
}

function trimmed(before: string, from: number, to: number, insert: string): LineChange {
  const old = `${before}\n`.slice(from, to);
  let head = 0;
  const most = Math.min(old.length, insert.length);
  while (head < most && old.charCodeAt(head) === insert.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && old.charCodeAt(old.length - 1 - tail) === insert.charCodeAt(insert.length - 1 - tail)) {
    tail++;
  }
  const change = { from: from + head, to: to - tail, insert: insert.slice(head, insert.length - tail) };
  if (change.to <= before.length) return change;
  // Behind the last line there is no line break: the one before takes its place.
  return {
    from: change.from - 1,
    to: change.to - 1,
    insert: change.insert === '' ? '' : `\n${change.insert.slice(0, -1)}`,
  };
}
