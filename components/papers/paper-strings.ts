/** The words of printing, exporting and bringing in. */
export const paperStrings = {
  preview: 'Preview',
  downloadAs: 'Download as …',
  print: 'Print',
  importFile: 'Bring in a file',

  preparing: 'Preparing the text',
  printFailed: 'The text could not be prepared for printing. The text itself is unchanged.',
  exportFailed: 'The file could not be made. The text itself is unchanged.',

  kinds: {
    md: { name: 'Markdown', help: 'The text as it is written, .md' },
    txt: { name: 'Plain text', help: 'The words without their marks, .txt' },
    html: { name: 'Web page', help: 'As it reads, in one file that needs nothing else, .html' },
    pdf: { name: 'PDF', help: 'Through the print dialog' },
  },
  making: 'Making the file',
  cancel: 'Cancel',

  askHeading: (name: string) => `Bring in ${name}`,
  ask: 'This room has a text already.',
  insert: 'Insert it at the caret',
  insertHere: 'Insert it where it was dropped',
  replace: 'Replace the text',
  replaceHelp: 'For everybody here. Undo brings the text back.',
  chooseFile: 'Choose a file',
  chooseHelp: 'Text, Markdown, HTML or code, in any encoding.',
  readAs: (encoding: string) => `Read as ${encoding}.`,
} as const;
