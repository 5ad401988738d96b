// Made from the catalogues by `npm run words`.
export default {"heading":`Templates`,
"help":`They become ordinary text, which anybody may change.`,
"helpFull":`The template goes below the text. Nothing is overwritten.`,
"readOnly":`This text only reads, so nothing can be put in.`,
"put":`Template inserted`,
"meeting":{"name":`Meeting notes`,
"about":`Who was there, what was decided, who does what`,
"title":(args) => `Meeting notes, ${args.a}`,
"text":(args) => `# Meeting notes

${args.a}

## Here

- 

## Agenda

1. 

## Decisions

- 

## To do

- [ ] 
`},
"interview":{"name":`Interview`,
"about":`Questions, answers in their own words, what to ask next`,
"title":(args) => `Interview, ${args.a}`,
"text":(args) => `# Interview

${args.a}

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
`},
"retrospective":{"name":`Retrospective`,
"about":`What went well, what did not, what to try`,
"title":(args) => `Retrospective, ${args.a}`,
"text":(args) => `# Retrospective

${args.a}

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
`}};
