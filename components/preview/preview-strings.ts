/** The words of the preview. */
export const previewStrings = {
  label: 'Preview',
  close: 'Close the preview',
  switch: 'What the page shows',
  text: 'Text',
  preview: 'Preview',
  rendering: 'Rendering the text',
  empty: 'What is written shows here as it will read.',
  failed: 'This text cannot be rendered. The text itself is unchanged.',
  again: 'Try again',
  noMarkdown: (language: string) => `This text is ${language}. The preview shows Markdown.`,
  plain: 'This text is plain text. The preview shows Markdown.',
  makeMarkdown: 'Read it as Markdown',
  formulaFailed: 'This formula cannot be read.',
  diagramFailed: 'This diagram cannot be drawn.',
  diagram: (source: string) => `Diagram: ${source}`,
  tick: (task: string) => `Done: ${task}`,
} as const;
