/**
 * A library that is only measured, from `bench/node_modules`. They are not there in a fresh clone, and everything else has to
 * be checkable without them: so nobody imports them by name, and who loads one says what of it is used, in an interface
 * as narrow as that.
 */
export async function loadPeer<Library extends object>(name: string): Promise<Library> {
  const library = (await import(name)) as Library & { default?: unknown };
  const all = library.default;
  // What a CommonJS module exports is its default, of which not everything is found by name.
  return typeof all === 'object' && all !== null ? { ...library, ...all } : library;
}
