import {
  Language,
  LanguageDescription,
  defineLanguageFacet,
  language as facet,
  syntaxTree,
} from '@codemirror/language';
import { languages } from '@codemirror/language-data';
import { EditorState } from '@codemirror/state';
import { Parser, Tree, type PartialParse } from '@lezer/common';
import { classHighlighter, highlightTree } from '@lezer/highlight';
import { describe, expect, it } from 'vitest';
import { guarded, levelsOf } from './guarded-parser.ts';

async function languageOf(name: string): Promise<Language> {
  const found = LanguageDescription.matchLanguageName(languages, name);
  if (found === null) throw new Error(`No language ${name}`);
  return (await found.load()).language;
}

/** A grammar that throws, as one does whose stack overflows. */
class Falling extends Parser {
  override createParse(): PartialParse {
    return {
      parsedPos: 0,
      stoppedAt: null,
      stopAt: () => undefined,
      advance: () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    };
  }
}

function shapeOf(tree: Tree): string[] {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from}-${to}`) });
  return nodes;
}

describe('a guarded language', () => {
  it.each([
    ['YAML', '['.repeat(1_000)],
    ['YAML', '- '.repeat(3_000)],
    ['JSON', '['.repeat(20_000)],
    ['JavaScript', '('.repeat(20_000)],
    ['Python', '('.repeat(20_000)],
    ['HTML', '<div>'.repeat(10_000)],
    ['CSS', 'a{'.repeat(10_000)],
  ])('%s has no syntax where it is too deep to be walked', async (name, text) => {
    const tree = guarded(await languageOf(name)).parser.parse(text);
    expect(tree.length).toBe(text.length);
    expect(levelsOf(tree)).toBe(1);
    highlightTree(tree, classHighlighter, () => expect.unreachable('nothing to highlight'));
  });

  it('parses everything else as before, and has the language’s own data', async () => {
    const javascript = await languageOf('JavaScript');
    const text = 'const a = [1, { b: `${2}` }];';
    expect(shapeOf(guarded(javascript).parser.parse(text))).toEqual(shapeOf(javascript.parser.parse(text)));
    const state = EditorState.create({ doc: text, extensions: guarded(javascript) });
    expect(state.facet(facet)?.name).toBe(javascript.name);
    expect(javascript.isActiveAt(state, 3)).toBe(true);
    expect(state.languageDataAt('commentTokens', 3)).toEqual([{ line: '//', block: { open: '/*', close: '*/' } }]);
  });

  it('goes on typing in a text whose grammar throws', () => {
    const language = guarded(new Language(defineLanguageFacet({ commentTokens: { line: '#' } }), new Falling()));
    let state = EditorState.create({ doc: 'text', extensions: language });
    state = state.update({ changes: { from: 4, insert: ' more' } }).state;
    expect(syntaxTree(state).length).toBe(9);
    expect(state.languageDataAt('commentTokens', 2)).toEqual([{ line: '#' }]);
  });
});

describe('levelsOf', () => {
  it('counts what is inside of buffers too', async () => {
    const json = await languageOf('JSON');
    expect(levelsOf(Tree.empty)).toBe(1);
    expect(levelsOf(json.parser.parse('[[1]]'))).toBe(4);
    const deep = json.parser.parse('['.repeat(900) + ']'.repeat(900));
    expect(levelsOf(deep)).toBeGreaterThan(900);
  });
});
