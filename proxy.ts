import { NextResponse, type NextRequest } from 'next/server';
import { findRoom, headersOf, ownServer, type Closed } from './app/rest.ts';
import { isNameToken, isRandomToken } from './lib/client/index.ts';

/** No page has this address, so Next answers it with 404 and app/global-not-found.tsx. */
const NOWHERE = '/nowhere/room';

/** Runs before the page of a room. */
export const config = { matcher: '/r/:token' };

/** What the page of a door says of itself. Its policy names the nonce that its scripts carry. */
const OF_THE_PAGE = ['content-type', 'cache-control', 'content-security-policy'];

/**
 * Answers for a room that is not there (404), is closed to this visitor (403) or wants a password (401). Here and not in
 * the page, because a page that calls `notFound` itself is sent without any words in its HTML and draws them by script
 * only, and because none of these pages carries the code of a room.
 */
export default async function proxy(request: NextRequest): Promise<NextResponse> {
  const token = request.nextUrl.pathname.split('/')[2] ?? '';
  if (!isNameToken(token) && !isRandomToken(token)) return nowhere(request);
  const found = await look(token, request);
  switch (found.kind) {
    case 'closed':
      return door(found.why, request);
    case 'missing':
      // A chosen name may become a room with its first letter.
      return isNameToken(token) ? NextResponse.next() : nowhere(request);
    case 'room':
    case 'unknown':
      return NextResponse.next();
  }
}

async function look(token: string, { headers }: NextRequest) {
  try {
    return await findRoom(token, headers);
  } catch {
    // The server does not answer: the page asks again, and says so.
    return { kind: 'unknown' } as const;
  }
}

function nowhere(request: NextRequest): NextResponse {
  const address = request.nextUrl.clone();
  address.pathname = NOWHERE;
  return NextResponse.rewrite(address);
}

/** Next gives a rewritten page no status but 200, so the page is fetched from ourselves and given another one. */
async function door(why: Closed, request: NextRequest): Promise<NextResponse> {
  const page = await fetch(`${ownServer()}/door/${why}`, {
    cache: 'no-store',
    headers: headersOf(request.headers),
  });
  const headers = new Headers();
  for (const name of OF_THE_PAGE) {
    const value = page.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new NextResponse(page.body, { status: page.ok ? statusOf(why) : page.status, headers });
}

function statusOf(why: Closed): 401 | 403 {
  return why === 'password' ? 401 : 403;
}
