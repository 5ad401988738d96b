// Made from the catalogues by `npm run words`.
export default {"label":`Outline`,
"empty":`Headings will appear here.`,
"noHeadings":(args) => `Headings come from Markdown, and the language of this text is ${args.a}.`,
"untitled":`Heading without words`,
"fold":(args) => `What is under ${args.a}`};
