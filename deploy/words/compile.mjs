import { compileString } from '@internationalized/string-compiler';
import { transform } from 'esbuild';
import { compareMessage, parametersOf } from './parameters.mjs';

/**
 * @typedef {{ kind: 'text', message: string } | { kind: 'group', entries: Map<string, Node> }} Node
 * @typedef {{ parameters?: string[], note?: string }} About what `@key` of an English catalogue says about `key`
 */

/** The English catalogues are the source: what they have, every language has. */
const SOURCE = 'en';
/** Compiled messages find their values under these names, in the order of the message's parameters. */
const SLOTS = ['a', 'b', 'c', 'd'];

/**
 * The files that the pages are made with: English as a module for each namespace, which rides in the bundle that uses it;
 * any other language as one script, which a page of that language loads before its own.
 * @param {Map<string, Map<string, unknown>>} languages catalogues by language and namespace
 * @returns {Promise<{ files: Map<string, string>, faults: string[] }>}
 */
export async function compileCatalogues(languages) {
  const faults = /** @type {string[]} */ ([]);
  const files = new Map();
  const english = languages.get(SOURCE) ?? new Map();
  const namespaces = [...english.keys()].filter((name) => name !== 'language');
  for (const namespace of namespaces) {
    const source = { language: SOURCE, namespace, faults };
    const own = english.get(namespace);
    files.set(`en/${namespace}.js`, `${HEAD}export default ${compileGroup(own, own, source)};\n`);
    files.set(`en/${namespace}.d.ts`, declare(namespace, own, source));
  }
  for (const [language, catalogues] of languages) {
    if (language === SOURCE) continue;
    for (const name of catalogues.keys()) {
      if (!english.has(name)) faults.push(`${language}/${name}.json: English has no such file`);
    }
    const parts = namespaces.map((namespace) => {
      const words = catalogues.get(namespace);
      if (words === undefined) faults.push(`${language}/${namespace}.json is missing`);
      const code = compileGroup(words ?? {}, english.get(namespace), { language, namespace, faults });
      return `${JSON.stringify(namespace)}:${code}`;
    });
    const code = `(globalThis[Symbol.for('tandem.words')]??={})[${JSON.stringify(language)}]={${parts.join(',')}}`;
    if (faults.length === 0)
      files.set(`${language}.js`, (await transform(code, { minify: true, charset: 'utf8' })).code);
  }
  files.set('languages.ts', listLanguages(languages, faults));
  files.set('catalogues.ts', gatherLanguages([...languages.keys()]));
  return { files, faults };
}

const HEAD = '// Made from the catalogues by `npm run words`.\n';

/**
 * @param {any} words @param {any} english
 * @param {{ language: string, namespace: string, faults: string[], path?: string }} where
 * @returns {string}
 */
function compileGroup(words, english, where) {
  const { language, namespace, faults, path = '' } = where;
  const parts = [];
  for (const key of keysOf(english)) {
    const full = `${path}${key}`;
    const place = `${language}/${namespace}.json: ${full}`;
    const source = english[key];
    const own = words[key];
    if (own === undefined || typeof own !== typeof source) {
      faults.push(`${place} is ${own === undefined ? 'missing' : 'of another kind than in English'}`);
    } else if (typeof source === 'string') {
      try {
        const order = parametersOf(source, aboutOf(english, key));
        if (language !== SOURCE) faults.push(...compareMessage(source, own, language).map((why) => `${place} ${why}`));
        parts.push(`${JSON.stringify(key)}:${compileMessage(own, order)}`);
      } catch (error) {
        faults.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
      }
    } else {
      parts.push(`${JSON.stringify(key)}:${compileGroup(own, source, { ...where, path: `${full}.` })}`);
    }
  }
  for (const key of Object.keys(words)) {
    if (key.startsWith('@') ? language !== SOURCE : !(key in english)) {
      faults.push(`${language}/${namespace}.json: ${path}${key} is not in English`);
    }
  }
  return `{${parts.join(',\n')}}`;
}

/** The library's compiler names values as the message does; ours are called in the order of the parameters. */
function compileMessage(/** @type {string} */ message, /** @type {{ name: string }[]} */ order) {
  if (/args\.|\\/.test(message)) throw new Error('may have neither "args." nor a backslash');
  return compileString(message).replace(/\bargs\.(\w+)/g, (_, name) => {
    return `args.${SLOTS[order.findIndex((one) => one.name === name)] ?? name}`;
  });
}

/** The type of a namespace's words, as the pages use them. */
function declare(
  /** @type {string} */ namespace,
  /** @type {any} */ words,
  /** @type {{ faults: string[] }} */ { faults },
) {
  const name = `${namespace.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())}Words`;
  try {
    const lines = [
      `${HEAD}import type { Catalogue } from '../../words-of.ts';`,
      `export interface ${name} ${declareGroup(words)}`,
      'declare const words: Catalogue;',
      'export default words;',
    ];
    return `${lines.join('\n')}\n`;
  } catch {
    // Its message is among the faults already.
    if (faults.length === 0) throw new Error(`${namespace} has a message that is wrong.`);
    return '';
  }
}

/** @returns {string} */
function declareGroup(/** @type {any} */ words) {
  const lines = keysOf(words).map((key) => {
    const value = words[key];
    const name = `readonly ${JSON.stringify(key)}`;
    if (typeof value !== 'string') return `${name}: ${declareGroup(value)};`;
    const about = aboutOf(words, key);
    const order = parametersOf(value, about);
    const doc = about.note === undefined ? '' : `/** ${about.note} */\n`;
    if (order.length === 0) return `${doc}${name}: string;`;
    return `${doc}${name}: (${order.map((one) => `${one.name}: ${one.type}`).join(', ')}) => string;`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

function listLanguages(/** @type {Map<string, Map<string, any>>} */ languages, /** @type {string[]} */ faults) {
  const all = [...languages].map(([code, catalogues]) => {
    const { name, direction } = catalogues.get('language') ?? {};
    if (typeof name !== 'string' || (direction !== 'ltr' && direction !== 'rtl')) {
      faults.push(`${code}/language.json has to be { "name": "…", "direction": "ltr" or "rtl" }`);
    }
    return `  { code: ${JSON.stringify(code)}, name: ${JSON.stringify(name)}, direction: ${JSON.stringify(direction)} },`;
  });
  return `${HEAD}
/** Every language that there is a catalogue for, by its code, with its own name for itself. */
export const LANGUAGES = [
${all.join('\n')}
] as const;
`;
}

/** For the server alone: all catalogues, and where the browser finds each. */
function gatherLanguages(/** @type {string[]} */ codes) {
  const others = codes.filter((code) => code !== SOURCE);
  return `${HEAD}${others.map((code) => `import './${code}.js';`).join('\n')}

/** The script with a language's words; its name has its content's hash. English is in the bundles. */
export const SCRIPTS: Readonly<Record<string, URL>> = {
${others.map((code) => `  ${JSON.stringify(code)}: new URL('./${code}.js', import.meta.url),`).join('\n')}
};
`;
}

/** @returns {About} */
function aboutOf(/** @type {any} */ words, /** @type {string} */ key) {
  return words[`@${key}`] ?? {};
}

function keysOf(/** @type {any} */ words) {
  return Object.keys(words).filter((key) => !key.startsWith('@'));
}
