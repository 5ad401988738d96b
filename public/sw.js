/**
 * Lets Tandem open without a network: keeps two pages (a fresh room, and one that finds its room in the journal) and the
 * files that they are made of. A page comes from the server whenever it answers, so nobody is held on an old version;
 * files have their content's hash in their name, so they never change. Texts of rooms, the API and the socket never pass
 * through here: what is kept of rooms is in the journal.
 */
const CACHE = 'tandem-1';
/** Where Tandem is on this host: `/`, or its base path with a slash. */
const BASE = new URL(self.registration.scope).pathname;
/** Answers for a room's address when the server does not. */
const ROOM = `${BASE}offline`;
const FRESH = BASE;
const FILES = `${BASE}_next/static/`;
/** A server that takes longer is as good as none: the page that is kept connects by itself once it answers. */
const SLOW_MS = 6_000;
/** Files of versions that are gone are forgotten beyond this number, oldest first. */
const MOST_FILES = 600;

self.addEventListener('install', (event) => {
  event.waitUntil(keepPages().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    // Then the browser asks for a page while this worker is still starting.
    Promise.all([self.registration.navigationPreload?.enable(), forgetOtherCaches()]).then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  const files = event.data?.keep;
  if (!Array.isArray(files)) return;
  event.waitUntil(
    keepPages()
      .then(() => keepFiles(files.filter(isFile)))
      .then(forgetOldFiles),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isFile(url.href)) event.respondWith(file(request));
  else if (request.mode === 'navigate' && url.pathname === FRESH) event.respondWith(page(event, FRESH));
  else if (request.mode === 'navigate' && isRoom(url.pathname)) event.respondWith(page(event, ROOM));
});

/** The page from the server, or the one that is kept if the server is not there, too slow, or only half there. */
async function page(event, kept) {
  let timer;
  const slow = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The server is slow.')), SLOW_MS);
  });
  try {
    const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
    const response = await Promise.race([answer, slow]);
    // A proxy in front of a server that is away.
    if (response.status < 502 || response.status > 504) return response;
    return (await match(kept)) ?? response;
  } catch (error) {
    const found = await match(kept);
    if (found) return found;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function file(request) {
  const found = await match(request);
  if (found) return found;
  const response = await fetch(request);
  if (isFixed(response)) {
    const cache = await caches.open(CACHE);
    // A full disk must not cost the page its file.
    await cache.put(request, response.clone()).catch(() => undefined);
  }
  return response;
}

/** Will this name always stand for these bytes? Not while the product is being developed. */
function isFixed(response) {
  return response.ok && (response.headers.get('Cache-Control') ?? '').includes('immutable');
}

async function match(request) {
  return (await caches.open(CACHE)).match(request, { ignoreVary: true });
}

/** Both pages as the server has them now. A page is kept only together with all of its files. */
async function keepPages() {
  const cache = await caches.open(CACHE);
  for (const path of [FRESH, ROOM]) {
    const response = await fetch(path, { cache: 'no-store' });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    const html = await response.clone().text();
    await keepFiles(filesIn(html));
    await cache.put(path, response);
  }
}

async function keepFiles(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of new Set(addresses)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const response = await fetch(address);
    if (!isFixed(response)) continue;
    if (!new URL(address, self.location.origin).pathname.endsWith('.css')) {
      await cache.put(address, response);
      continue;
    }
    // Style sheets name the fonts, relative to themselves. Only the Latin ones, the rest come when they are used.
    const css = await response.clone().text();
    await cache.put(address, response);
    await keepFiles(fontsIn(css, new URL(address, self.location.origin)));
  }
}

/** Everything that the page's HTML names, scripts that it loads later included. */
function filesIn(html) {
  const paths = html
    .split(FILES)
    .slice(1)
    .map((rest) => FILES + /^[^"'\\\s<>()]*/.exec(rest)[0]);
  return paths.filter((path) => path !== FILES).map((path) => new URL(path, self.location.origin).href);
}

function fontsIn(css, base) {
  const paths = [...css.matchAll(/url\(["']?([^"')]+-latin-[^"')]+\.woff2)["']?\)/g)].map(([, path]) => path);
  return paths.map((path) => new URL(path, base).href).filter(isFile);
}

function isRoom(path) {
  return path.startsWith(`${BASE}r/`) && /^[^/]+$/.test(path.slice(BASE.length + 2));
}

function isFile(address) {
  return typeof address === 'string' && address.startsWith(self.location.origin + FILES);
}

async function forgetOldFiles() {
  const cache = await caches.open(CACHE);
  const files = (await cache.keys()).filter(({ url }) => isFile(url));
  for (const old of files.slice(0, Math.max(0, files.length - MOST_FILES))) await cache.delete(old);
}

async function forgetOtherCaches() {
  for (const name of await caches.keys()) if (name.startsWith('tandem-') && name !== CACHE) await caches.delete(name);
}
