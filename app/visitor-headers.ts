/** Beside those that the configuration names: who the visitor is (a guest's cookie) and where from. */
const ALWAYS = ['cookie', 'x-forwarded-for'];

/**
 * What the page passes on of its visitor's request when it asks REST for a room, so that somebody who was removed is at a
 * closed door here too, and rates count for the visitor and not for the page.
 */
export function visitorHeaders(visitor: Headers): Record<string, string> {
  // Set by the server if people sign in at a proxy in front of it.
  const named = [process.env['TANDEM_USER_HEADER'], process.env['TANDEM_NAME_HEADER']];
  const passed: Record<string, string> = {};
  for (const name of [...ALWAYS, ...named]) {
    const value = name === undefined || name === '' ? null : visitor.get(name);
    if (name !== undefined && value !== null) passed[name] = value;
  }
  return passed;
}
