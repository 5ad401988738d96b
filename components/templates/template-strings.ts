/** The words of the templates. `day`: "27 November 2026". Where one begins to write stands `- ` or nothing. */
export const templateStrings = {
  heading: 'Templates',
  help: 'They become ordinary text, which anybody may change.',
  helpFull: 'The template goes below the text. Nothing is overwritten.',
  readOnly: 'This text only reads, so nothing can be put in.',
  close: 'Close',
  put: 'Template inserted',
  meeting: {
    name: 'Meeting notes',
    about: 'Who was there, what was decided, who does what',
    title: (day: string) => `Meeting notes, ${day}`,
    text: (day: string) => `# Meeting notes

${day}

## Here

- 

## Agenda

1. 

## Decisions

- 

## To do

- [ ] 
`,
  },
  interview: {
    name: 'Interview',
    about: 'Questions, answers in their own words, what to ask next',
    title: (day: string) => `Interview, ${day}`,
    text: (day: string) => `# Interview

${day}

Who: 
Asked by: 

## Before

- What we want to know: 
- May we record this?

## Questions

1. What do you do all day?
2. When did you last do this, and how did it go?
3. What was hard about it?
4. What did you try?
5. What did we not ask?

## In their own words

> 

## What we heard

- 

## Next

- [ ] 
`,
  },
  retrospective: {
    name: 'Retrospective',
    about: 'What went well, what did not, what to try',
    title: (day: string) => `Retrospective, ${day}`,
    text: (day: string) => `# Retrospective

${day}

## Went well

- 

## Did not go well

- 

## Puzzles us

- 

## To try

| What | Who | Until |
| ---- | --- | ----- |
|      |     |       |
`,
  },
} as const;
