/** The words of the outline. */
export const outlineStrings = {
  label: 'Outline',
  empty: 'Headings will appear here.',
  noHeadings: (language: string) => `Headings come from Markdown, and the language of this text is ${language}.`,
  untitled: 'Heading without words',
  fold: (words: string) => `What is under ${words}`,
} as const;
