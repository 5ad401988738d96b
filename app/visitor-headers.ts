/** Who the visitor is (a guest's cookie), where from, and in which language they read. */
const ALWAYS = ['cookie', 'x-forwarded-for', 'accept-language'];

/**
 * What the page passes on of its visitor's request when it asks REST for a room, so that somebody who was removed is at a
 * closed door here too, and rates count for the visitor and not for the page. `named`: further headers, if there are any,
 * by which a proxy says who signed in.
 */
export function visitorHeaders(visitor: Headers, named: readonly (string | undefined)[]): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of [...ALWAYS, ...named]) {
    if (name === undefined || name === '') continue;
    const value = visitor.get(name);
    if (value !== null) passed[name] = value;
  }
  return passed;
}
