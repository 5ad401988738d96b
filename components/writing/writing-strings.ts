import { digits } from '../strings.ts';

/** The words of the format bar and of what it does. */
export const writingStrings = {
  bar: 'Format',
  column: (n: number) => `Column ${digits(n)}`,
  commands: {
    bold: 'Bold',
    italic: 'Italic',
    strike: 'Strikethrough',
    code: 'Code',
    bullets: 'List',
    numbers: 'Numbered list',
    tasks: 'Task list',
    quote: 'Quote',
    heading: 'Heading',
    link: 'Link',
    table: 'Table',
    formatTable: 'Align the table',
    nextCell: 'Next cell',
    previousCell: 'Previous cell',
    rowBelow: 'Row below',
    columnAfter: 'Column after',
    undo: 'Undo',
    redo: 'Redo',
  },
} as const;
