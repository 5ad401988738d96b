/**
 * What Redis does not take back by itself: wrong words of ours, missing rights. Its own codes, but for those errors that have
 * none: AUTH without any password set, AUTH or SELECT with something that does not exist.
 */
const REFUSALS = /^(WRONGPASS|NOAUTH|NOPERM|ERR (.*\bAUTH\b|.*\bDB index\b|unknown command|invalid password))/i;

/** Why a link to Redis failed, in words that may be shown: without user and password, whatever Redis repeats of them. */
export function reasonOf(error: unknown, url: string): string {
  // Several addresses were tried, and all failed.
  const words = error instanceof AggregateError ? error.errors.map(wordsOf).join('; ') : wordsOf(error);
  return secretsOf(url).reduce((text, secret) => text.replaceAll(secret, '[hidden]'), words);
}

/** Will it refuse again, until somebody changes REDIS_URL or Redis? */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSALS.test(error.message);
}

/** Host and port. */
export function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '6379'}`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function secretsOf(url: string): string[] {
  const { username, password } = new URL(url);
  const written = [username, password].flatMap((secret) => [secret, decodeURIComponent(secret)]);
  return written.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
}
