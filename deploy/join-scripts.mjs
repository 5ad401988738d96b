import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';

/** What the framework knows about the page of a room. Other pages that show one begin with the same scripts. */
const ROOM = join('server', 'app', 'r', '[token]', 'page_client-reference-manifest.js');
/** How a script of the bundler tells its runtime which one it is. */
const SELF = '"object"==typeof document?document.currentScript:void 0';
const REGISTER = 'globalThis.TURBOPACK||(globalThis.TURBOPACK=[])';
/** A list of scripts in what the framework writes about its build. */
const LIST = /\[\s*"[^"[\]]*static\/chunks\/[^"[\]]+"(?:,\s*"[^"[\]]+")*\s*\]/g;

/**
 * Makes two scripts of the eleven that a room's page begins with: what all pages have, and what a room adds. In a long file
 * compression finds more to repeat, and when the bundler makes long ones, optional parts carry much twice. Each piece goes by
 * its old name in there, so whatever asks for it has it; its own file stays, for other pages.
 *
 * `folder` is the framework's build; what it says there about its scripts is changed. Throws if it is not as expected: the
 * framework is another one then, and this has to be looked at.
 */
export function joinScripts(/** @type {string} */ folder) {
  /** @type {{ rootMainFiles: string[] }} */
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, 'build-manifest.json'), 'utf8'));
  const ofRoom = scriptsIn(readFileSync(join(folder, ROOM), 'utf8'));
  const shared = { names: rootMainFiles, joined: writeJoined(folder, rootMainFiles) };
  const room = { names: ofRoom, joined: writeJoined(folder, ofRoom) };
  const server = join(folder, 'server');
  for (const path of readdirSync(server, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('build-manifest.json') || path.endsWith('build-manifest.js')) rename(join(server, path), shared);
    if (path.endsWith('client-reference-manifest.js')) rename(join(server, path), room);
  }
  rename(join(folder, 'build-manifest.json'), shared);
}

/** The scripts that are named in any list, each once, as paths within the build. @returns {string[]} */
function scriptsIn(/** @type {string} */ manifest) {
  const named = [...manifest.matchAll(LIST)].flatMap(([list]) => stringsOf(list));
  return [...new Set(named.filter((name) => name.endsWith('.js')).map((name) => name.replace(/^.*(?=static\/)/, '')))];
}

/** Puts one name in the place of those that were joined, in a page that has them all. */
function rename(/** @type {string} */ path, /** @type {{ names: string[], joined: string }} */ { names, joined }) {
  const manifest = readFileSync(path, 'utf8');
  const known = new Set(scriptsIn(manifest));
  if (!names.every((name) => known.has(name))) return;
  const renamed = manifest.replaceAll(LIST, (list) => {
    const now = stringsOf(list).map((name) => {
      const old = names.find((one) => name.endsWith(one));
      return old === undefined ? name : name.replace(old, joined);
    });
    return JSON.stringify([...new Set(now)]);
  });
  writeFileSync(path, renamed);
}

/** @returns {string[]} */
function stringsOf(/** @type {string} */ list) {
  return JSON.parse(list);
}

/** Writes those scripts as one; its path within the build. */
function writeJoined(/** @type {string} */ folder, /** @type {readonly string[]} */ names) {
  if (names.length < 2)
    throw new Error(`A page of a room begins with ${names.length} scripts, which leaves none to join.`);
  const pieces = names.map((name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    // The runtime has no name.
    return source.includes(SELF) ? ready(source).replace(SELF, JSON.stringify(name)) : source;
  });
  const whole = `${pieces.join('\n')}\n(${REGISTER}).push([${SELF}]);\n`;
  const hash = createHash('sha256').update(whole).digest('base64url').slice(0, 13);
  const path = `static/chunks/${hash}.js`;
  writeFileSync(join(folder, path), whole);
  return path;
}

/**
 * The same with each module in brackets: engines take that as a sign that it runs at once, and compile it while the script is
 * still coming, beside the page's own thread, instead of reading over it then and compiling it when it runs.
 */
function ready(/** @type {string} */ source) {
  const [statement, ...more] = parse(source, { ecmaVersion: 'latest' }).body;
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : null;
  const list = call?.type === 'CallExpression' ? call.arguments[0] : null;
  if (list?.type !== 'ArrayExpression' || more.length > 0)
    throw new Error('A script of the bundler has another shape.');
  let bracketed = '';
  let at = 0;
  for (const element of list.elements) {
    if (element?.type !== 'ArrowFunctionExpression' && element?.type !== 'FunctionExpression') continue;
    bracketed += `${source.slice(at, element.start)}(${source.slice(element.start, element.end)})`;
    at = element.end;
  }
  return bracketed + source.slice(at);
}
