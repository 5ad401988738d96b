import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What a request's target says behind the base path, query included; null if it lies outside. Without a base path that
 * is the target itself. The base path alone, without a slash, is outside: it is told to come to the one with it.
 */
export function withinBase(target: string, basePath: string): string | null {
  if (basePath === '') return target;
  return target.startsWith(`${basePath}/`) ? target.slice(basePath.length) : null;
}

/**
 * Is this request for the pages? Otherwise it is answered here: the base path without its slash by a redirect, because a
 * service worker's scope ends with one, and what lies outside by 404. The framework knows its first page without the slash,
 * so that is how it gets it.
 */
export function leadToPages(request: IncomingMessage, response: ServerResponse, basePath: string): boolean {
  const { url = '' } = request;
  if (basePath === '') return true;
  const rest = withinBase(url, basePath);
  if (rest === null) {
    const [path = ''] = url.split('?', 1);
    if (path === basePath) response.writeHead(308, { location: `${basePath}/${url.slice(path.length)}` }).end();
    else plain404(response, `There is nothing here. Tandem is at ${basePath}/ on this host.\n`);
    return false;
  }
  if (/^\/(\?|$)/.test(rest)) request.url = basePath + rest.slice(1);
  return true;
}

function plain404(response: ServerResponse, sentence: string): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(sentence);
}
