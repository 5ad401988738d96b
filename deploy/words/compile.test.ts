import { describe, expect, it } from 'vitest';
import { compileCatalogues } from './compile.mjs';

/** What is wrong with a German catalogue of one namespace beside the English one. */
async function faultsOf(english: object, german: object): Promise<string[]> {
  const language = { name: 'A', direction: 'ltr' };
  const catalogues = new Map(
    Object.entries({ en: english, de: german }).map(([code, words]) => [
      code,
      new Map<string, unknown>(Object.entries({ language, chat: words })),
    ]),
  );
  return (await compileCatalogues(catalogues)).faults;
}

describe('catalogues', () => {
  const english = { title: 'Chat', fresh: '{n, plural, one {# new} other {# new}}', by: 'By {name}' };
  const german = { title: 'Chat', fresh: '{n, plural, one {# neue} other {# neue}}', by: 'Von {name}' };

  it('fit together when they say the same', async () => {
    expect(await faultsOf(english, german)).toEqual([]);
  });

  it.each([
    ['a key that is missing', { title: undefined }, 'de/chat.json: title is missing'],
    ['a key too many', { extra: 'x' }, 'de/chat.json: extra is not in English'],
    ['a value that is missing', { by: 'Von jemand' }, 'de/chat.json: by lacks {name}'],
    ['a value of another name', { by: 'Von {name} {who}' }, 'de/chat.json: by has {who}, which English has not'],
    ['a number as a word', { fresh: '{n} neue' }, 'de/chat.json: fresh uses {n} as a string, and it is a number'],
    ['a form that is missing', { fresh: '{n, plural, other {#}}' }, 'de/chat.json: fresh lacks the form "one" of {n}'],
    [
      'a form that the language has not',
      { fresh: '{n, plural, one {#} few {#} other {#}}' },
      'de/chat.json: fresh has "few", no form of de',
    ],
    ['a note of its own', { '@title': { note: 'x' } }, 'de/chat.json: @title is not in English'],
  ])('do not fit with %s', async (_, change, fault) => {
    expect(await faultsOf(english, { ...german, ...change })).toEqual([fault]);
  });

  it('have to say in which order two values come', async () => {
    const faults = await faultsOf({ both: '{a} {b}' }, { both: '{b} {a}' });
    expect(faults[0]).toBe('en/chat.json: both: needs its "parameters", in order');
    const ordered = { both: '{a} {b}', '@both': { parameters: ['a', 'b'] } };
    expect(await faultsOf(ordered, { both: '{b} {a}' })).toEqual([]);
  });
});
