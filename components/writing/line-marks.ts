import type { ChangeSpec, EditorState } from '@codemirror/state';
import { readMarks, renumberAfter, type Marks } from './list-lines.ts';

/** What a line can be made of. */
export type LineMark = 'bullets' | 'numbers' | 'tasks' | 'quote';

/** Is this line such a one? */
export function hasLineMark(text: string, mark: LineMark): boolean {
  const marks = readMarks(text);
  switch (mark) {
    case 'quote':
      return marks !== null && marks.quote !== '';
    case 'bullets':
      return isItem(marks) && marks.item.bullet !== '' && marks.item.box === '';
    case 'numbers':
      return isItem(marks) && marks.item.bullet === '' && marks.item.box === '';
    case 'tasks':
      return isItem(marks) && marks.item.box !== '';
    default:
      return unknown(mark);
  }
}

/** How deep a heading is; 0 for any other line. */
export function headingLevel(text: string): number {
  return /^(#{1,6})(?:[ \t]|$)/.exec(text)?.[1]?.length ?? 0;
}

/** Makes the selected lines such, or takes it off if all of them are. Empty lines between others stay empty. */
export function toggleLines(state: EditorState, mark: LineMark): ChangeSpec[] {
  const lines = selectedLines(state);
  const some = lines.some(({ text }) => text.trim() !== '');
  const touched = some ? lines.filter(({ text }) => text.trim() !== '') : lines;
  const remove = touched.every(({ text }) => hasLineMark(text, mark));
  let number = 0;
  return touched.map((line) => {
    number += 1;
    const marks = readMarks(line.text);
    const before = line.text.slice(0, marks?.length ?? leading(line.text));
    const insert = remove ? without(marks, mark) : withMark(marks, before, mark, number);
    return { from: line.from, to: line.from + before.length, insert };
  });
}

/** What counts on after a list of numbers was made of these lines. */
export function countOn(state: EditorState): ChangeSpec[] {
  const last = state.doc.lineAt(state.selection.main.to);
  return renumberAfter(state.doc, last.number);
}

/** None, `#`, `##`, `###` and none again, for all selected lines as for the first of them. */
export function cycleHeading(state: EditorState): ChangeSpec[] {
  const lines = selectedLines(state);
  const level = headingLevel(lines[0]?.text ?? '');
  const next = level >= 3 ? 0 : level + 1;
  return lines.map((line) => {
    const marks = /^#{1,6}(?:[ \t]+|$)/.exec(line.text)?.[0].length ?? readMarks(line.text)?.length ?? 0;
    return { from: line.from, to: line.from + marks, insert: next === 0 ? '' : `${'#'.repeat(next)} ` };
  });
}

function selectedLines(state: EditorState): { from: number; text: string }[] {
  const lines = new Map<number, { from: number; text: string }>();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      // A selection that ends where a line begins does not reach into it.
      if (line.from < to || from === to || line.from === from) lines.set(line.from, line);
      at = line.to + 1;
    }
  }
  return [...lines.values()];
}

function isItem(marks: Marks | null): marks is Marks & { item: NonNullable<Marks['item']> } {
  return marks !== null && marks.item !== null;
}

function without(marks: Marks | null, mark: LineMark): string {
  if (marks === null) return '';
  if (mark === 'quote') return marks.item === null ? '' : itemPart(marks.item);
  return marks.quote + (marks.item?.indent ?? '');
}

function itemPart({ indent, bullet, digits, dot, space, box }: NonNullable<Marks['item']>): string {
  return `${indent}${bullet}${digits}${dot}${space}${box}`;
}

function withMark(marks: Marks | null, before: string, mark: LineMark, number: number): string {
  if (mark === 'quote') return `> ${marks === null ? before : marks.quote + (marks.item ? itemPart(marks.item) : '')}`;
  const start = marks === null ? before : marks.quote + (marks.item?.indent ?? '');
  switch (mark) {
    case 'bullets':
      return `${start}- `;
    case 'numbers':
      return `${start}${number}. `;
    case 'tasks':
      return `${start}- [ ] `;
    default:
      return unknown(mark);
  }
}

function leading(text: string): number {
  return text.length - text.trimStart().length;
}

function unknown(mark: never): never {
  throw new Error(`No line is made of ${JSON.stringify(mark)}`);
}
