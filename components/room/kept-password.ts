/** Where browsers refuse storage, the page that was told the password still knows it. */
const inMemory = new Map<string, string>();

/** The password that opened this link in this tab before; null if none did. */
export function keptPassword(token: string): string | null {
  try {
    return sessionStorage.getItem(passwordKey(token)) ?? inMemory.get(token) ?? null;
  } catch {
    return inMemory.get(token) ?? null;
  }
}

/** Keeps it for this tab only, so that a reload need not ask; null forgets it. */
export function keepPassword(token: string, password: string | null): void {
  if (password === null) inMemory.delete(token);
  else inMemory.set(token, password);
  try {
    if (password === null) sessionStorage.removeItem(passwordKey(token));
    else sessionStorage.setItem(passwordKey(token), password);
  } catch {
    // Blocked or full: the next reload asks again.
  }
}

/** How a request says the password to REST: as the one of nobody in particular. Empty if there is none. */
export function passwordHeader(password: string | null): Record<string, string> {
  if (password === null) return {};
  const bytes = new TextEncoder().encode(`:${password}`);
  return { Authorization: `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}` };
}

/** Read by the gate's inline script too. */
export function passwordKey(token: string): string {
  return `tandem:password:${token}`;
}
