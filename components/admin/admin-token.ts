/** As long as this tab, and for no other. */
const KEY = 'tandem:admin-token';

/** The admin token that was said in this tab; null if none was, or the browser keeps nothing. */
export function keptToken(): string | null {
  try {
    return sessionStorage.getItem(KEY) || null;
  } catch {
    // Blocked storage: it has to be said again on each page.
    return null;
  }
}

/** Null forgets it. */
export function keepToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Blocked storage: it lasts as long as this page.
  }
}
