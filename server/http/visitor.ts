import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

/** What pages may know of whoever they are drawn for, wherever in the drawing they are. */
interface Visitor {
  /** The headers of these names; empty for none. */
  cookie: string;
  acceptLanguage: string;
}

const visitors = new AsyncLocalStorage<Visitor>();

/**
 * Draws a page for whoever asks. Pages of several visitors are drawn at once in one process, and what draws them has bundles
 * of its own, so it asks through the global object: components/words/tell-languages.ts.
 */
export function forVisitor<Answer>({ headers }: IncomingMessage, draw: () => Answer): Answer {
  (globalThis as Record<symbol, unknown>)[Symbol.for('tandem.visitor')] = () => visitors.getStore();
  return visitors.run({ cookie: headers.cookie ?? '', acceptLanguage: headers['accept-language'] ?? '' }, draw);
}
