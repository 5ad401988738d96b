import { parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** @typedef {{ name: string, type: 'number' | 'string' }} Parameter */

/** So many values a message may have. */
const MOST = 4;
/** Numbers by which the forms are found that a language needs for whole numbers. */
const SAMPLES = Array.from({ length: 201 }, (_, n) => n);

/**
 * What a message asks for, in the order that the pages hand it over: as `@key` says, which has to say it from two on.
 * @param {string} message @param {{ parameters?: string[] }} about @returns {Parameter[]}
 */
export function parametersOf(message, about = {}) {
  const found = usesOf(message);
  const names = about.parameters ?? [...found.keys()];
  if (names.length > 1 && about.parameters === undefined) throw new Error('needs its "parameters", in order');
  if (names.length > MOST) throw new Error(`has more than ${MOST} values`);
  if (names.length !== found.size || names.some((name) => !found.has(name))) {
    throw new Error(`has {${[...found.keys()].join('}, {')}}, and its "parameters" are ${names.join(', ')}`);
  }
  return names.map((name) => ({ name, type: found.get(name)?.type ?? 'string' }));
}

/**
 * Why a translation does not fit the English message; nothing if it does.
 * @param {string} english @param {string} translation @param {string} language
 */
export function compareMessage(english, translation, language) {
  const wanted = usesOf(english);
  const used = usesOf(translation);
  const faults = [];
  for (const [name, { type }] of wanted) {
    const own = used.get(name);
    if (own === undefined) faults.push(`lacks {${name}}`);
    else if (own.type !== type) faults.push(`uses {${name}} as a ${own.type}, and it is a ${type}`);
  }
  for (const [name, { forms }] of used) {
    if (!wanted.has(name)) faults.push(`has {${name}}, which English has not`);
    if (forms === null) continue;
    const rules = new Intl.PluralRules(language);
    const others = SAMPLES.filter((n) => !forms.has(`=${n}`));
    // Where English has one form for all numbers, the number stands by itself.
    const matters = wanted.get(name)?.forms?.has('one') ?? true;
    const needed = new Set(['other', ...(matters ? others.map((n) => rules.select(n)) : [])]);
    const known = new Set(rules.resolvedOptions().pluralCategories);
    for (const form of needed) if (!forms.has(form)) faults.push(`lacks the form "${form}" of {${name}}`);
    for (const form of forms) {
      if (!form.startsWith('=') && !known.has(/** @type {any} */ (form)))
        faults.push(`has "${form}", no form of ${language}`);
    }
  }
  return faults;
}

/**
 * @typedef {{ type: 'number' | 'string', forms: Set<string> | null }} Use
 * @param {string} message @returns {Map<string, Use>}
 */
function usesOf(message) {
  const found = /** @type {Map<string, Use>} */ (new Map());
  collect(parse(message), found);
  return found;
}

function collect(/** @type {any[]} */ parts, /** @type {Map<string, Use>} */ found) {
  for (const part of parts) {
    if (part.type === TYPE.literal || part.type === TYPE.pound) continue;
    const before = found.get(part.value);
    const isNumber = part.type === TYPE.number || part.type === TYPE.plural;
    const forms = part.type === TYPE.plural ? new Set([...(before?.forms ?? []), ...Object.keys(part.options)]) : null;
    found.set(part.value, {
      type: isNumber || before?.type === 'number' ? 'number' : 'string',
      forms: forms ?? before?.forms ?? null,
    });
    for (const option of Object.values(part.options ?? {})) collect(option.value, found);
  }
}
