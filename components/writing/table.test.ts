import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { lineEdits } from './line-edits.ts';
import { addColumn, addRow, editTable, keepCell, nextCell, previousCell } from './table-edit.ts';
import { cellsOf, readTable, writeTable } from './table-text.ts';
import { textWidth } from './text-width.ts';

/** The text after `step`, with the selection in brackets. */
function after(step: Parameters<typeof editTable>[1], marked: string): string | null {
  const state = EditorState.create({ doc: marked.replace('^', ''), selection: { anchor: marked.indexOf('^') } });
  const spec = editTable(state, step);
  if (spec === null) return null;
  const { newDoc, newSelection } = state.update(spec);
  const { from, to } = newSelection.main;
  const text = newDoc.toString();
  return `${text.slice(0, from)}«${text.slice(from, to)}»${text.slice(to)}`;
}

it.each([
  ['abc', 3],
  ['日本', 4],
  ['é', 1],
  ['👩‍👩‍👧', 2],
  ['한글 x', 6],
])('[page] %s is %i columns wide', (text, width) => expect(textWidth(text)).toBe(width));

it.each([
  ['| a | b |', ['a', 'b']],
  ['a | b', ['a', 'b']],
  ['| a \\| b | `c|d` |', ['a \\| b', '`c|d`']],
  ['|  | b', ['', 'b']],
  ['| `a | b |', ['`a', 'b']],
])('[page] %s has the cells %j', (line, cells) => expect(cellsOf(line)).toEqual(cells));

describe('[page] a table', () => {
  it('is aligned with wide letters and keeps its sides', () => {
    const table = readTable(['名前|n', ':-:|--:', 'Ann|1', '日本語|12345|extra']);
    expect(table && writeTable(table)).toEqual([
      '|  名前  |     n |       |',
      '| :----: | ----: | ----- |',
      '|  Ann   |     1 |       |',
      '| 日本語 | 12345 | extra |',
    ]);
  });

  it('is walked cell by cell, and grows at its end', () => {
    expect(after(nextCell, '|a|b|\n|-|-|\n|^c|d|')).toBe('| a   | b   |\n| --- | --- |\n| c   | «d»   |');
    expect(after(nextCell, '| a | b |\n|-|-|\n| c | d^ |\nText')).toBe(
      '| a   | b   |\n| --- | --- |\n| c   | d   |\n| «»    |     |\nText',
    );
    expect(after(previousCell, '| a | b |\n|-|-|\n| ^c | d |')).toBe('| a   | «b»   |\n| --- | --- |\n| c   | d   |');
  });

  it('takes rows and columns', () => {
    expect(after(addRow, 'Text\n\n|a^|\n|-|\n|b|')).toBe('Text\n\n| a   |\n| --- |\n| «»    |\n| b   |');
    expect(after(addColumn, '|a^|b|\n|-|-|')).toBe('| a   | «»    | b   |\n| --- | --- | --- |');
  });

  it('is none without the row under its head', () => {
    expect(after(keepCell, 'a | ^b\nc | d')).toBe(null);
    expect(after(keepCell, 'a ^| b\n--|--')).not.toBe(null);
  });
});

it.each([
  ['|a|bc|', '| a   | bc  |'],
  ['| a      | b |', '| a | b |'],
  ['|-------|', '| --- |'],
  ['| a | b |', '| a |   | b |'],
  ['', 'x'],
])('[page] %s becomes %s', (before, wanted) => {
  const changes = lineEdits(0, before, wanted);
  expect(EditorState.create({ doc: before }).update({ changes }).newDoc.toString()).toBe(wanted);
  // Words stay where they are for those who write in them.
  expect(changes.map(({ from, to }) => before.slice(from, to)).join('')).not.toMatch(/[a-z]/);
});
