import { EditorSelection, EditorState, type TransactionSpec } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { markdownWriting } from '../editor/markdown-writing.ts';
import { activeFormats, specOf, type CommandName } from './commands.ts';

/** A state whose selections are between `‹` and `›`, or carets at `^`. */
function stateOf(marked: string): EditorState {
  const ranges = [];
  let doc = '';
  let open = 0;
  for (const letter of marked) {
    if (letter === '‹') open = doc.length;
    else if (letter === '›') ranges.push(EditorSelection.range(open, doc.length));
    else if (letter === '^') ranges.push(EditorSelection.cursor(doc.length));
    else doc += letter;
  }
  return EditorState.create({
    doc,
    selection: EditorSelection.create(ranges),
    extensions: [EditorState.allowMultipleSelections.of(true), markdownWriting()],
  });
}

function after(name: Exclude<CommandName, 'undo' | 'redo'>, marked: string): string | null {
  const state = stateOf(marked);
  const spec: TransactionSpec | null = specOf(state, name);
  if (spec === null) return null;
  const { newDoc, newSelection } = state.update(spec);
  let text = newDoc.toString();
  for (const { from, to, empty } of [...newSelection.ranges].reverse()) {
    text = empty
      ? `${text.slice(0, from)}^${text.slice(from)}`
      : `${text.slice(0, from)}‹${text.slice(from, to)}›${text.slice(to)}`;
  }
  return text;
}

describe('[page] words', () => {
  it('are marked and unmarked', () => {
    expect(after('bold', 'some ‹words› here')).toBe('some **‹words›** here');
    expect(after('bold', 'some **‹words›** here')).toBe('some ‹words› here');
    expect(after('bold', 'some ‹**words**› here')).toBe('some ‹words› here');
    expect(after('italic', 'so^me')).toBe('*so^me*');
    expect(after('italic', '*so^me*')).toBe('so^me');
    expect(after('strike', '‹gone ›')).toBe('~~‹gone›~~ ');
  });

  it('get a pair of signs for what is not written yet', () => {
    expect(after('bold', 'a ^')).toBe('a **^**');
  });

  it('are marked in every selection and every line, without the marks of lists', () => {
    expect(after('bold', '‹one› two ‹three›')).toBe('**‹one›** two **‹three›**');
    expect(after('bold', '‹- one\n- two›')).toBe('- **‹one**\n- **two›**');
    expect(after('bold', '**‹one›** two ‹three›')).toBe('**‹one›** two **‹three›**');
  });

  it('of code keep their backticks', () => {
    expect(after('code', '‹a`b›')).toBe('``‹a`b›``');
    expect(after('code', '`‹ab›`')).toBe('‹ab›');
  });

  it('become links, and words again', () => {
    expect(after('link', 'see ‹here›')).toBe('see [here](^)');
    expect(after('link', 'see [he^re](https://example.com)')).toBe('see he^re');
    expect(after('link', 'see ^')).toBe('see [^]()');
  });
});

describe('[page] lines', () => {
  it('become lists, and text again', () => {
    expect(after('bullets', '‹one\n\ntwo›')).toBe('- ‹one\n\n- two›');
    expect(after('bullets', '‹- one\n- two›')).toBe('‹one\ntwo›');
    expect(after('numbers', '‹one\n- two›\n1. three')).toBe('1. ‹one\n2. two›\n3. three');
    expect(after('tasks', '- one^')).toBe('- [ ] one^');
    expect(after('tasks', '- [x] one^')).toBe('one^');
    expect(after('tasks', '^')).toBe('- [ ] ^');
  });

  it('become quotations around their lists', () => {
    expect(after('quote', '‹one\n- two›')).toBe('> ‹one\n> - two›');
    expect(after('quote', '‹> one\n> - two›')).toBe('‹one\n- two›');
  });

  it('become headings in three steps', () => {
    expect(after('heading', 'Plan^')).toBe('# Plan^');
    expect(after('heading', '## Plan^')).toBe('### Plan^');
    expect(after('heading', '### Plan^')).toBe('Plan^');
  });

  it('become a block of code, and text again', () => {
    expect(after('code', '‹one\ntwo›')).toBe('```\n‹one\ntwo›\n```');
    expect(after('code', 'a\n\n```\n^one\n```\n\nb')).toBe('a\n\n^one\n\nb');
    expect(after('code', '```\n^```')).toBe('^');
  });

  it('get a table of their own', () => {
    expect(after('table', 'a^\nb')).toBe(
      'a\n\n| ‹Column 1› | Column 2 |\n| -------- | -------- |\n|          |          |\n\nb',
    );
  });
});

it('[page] the caret knows what it is in', () => {
  expect(activeFormats(stateOf('- [ ] **so^me**'))).toEqual(['bold', 'tasks']);
  expect(activeFormats(stateOf('## Pl^an'))).toEqual(['heading']);
  expect(activeFormats(stateOf('> *^a*'))).toEqual(['italic', 'quote']);
  expect(activeFormats(stateOf('```\n- ^a\n```'))).toEqual(['code']);
});
