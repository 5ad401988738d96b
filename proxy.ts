import { NextResponse, type NextRequest } from 'next/server';
import { findRoom } from './app/rest.ts';
import { isNameToken, isRandomToken } from './lib/client/index.ts';

/** No page has this address, so Next answers it with 404 and app/not-found.tsx. */
const NOWHERE = '/nowhere/room';

/** Runs before the page of a room. */
export const config = { matcher: '/r/:token' };

/**
 * Answers 404 for a room that is not there. Here and not in the page, because a page that calls `notFound` itself is
 * sent without any words in its HTML and draws them by script only.
 */
export default async function proxy(request: NextRequest): Promise<NextResponse> {
  const token = request.nextUrl.pathname.split('/')[2] ?? '';
  // A chosen name may become a room with its first letter.
  if (isNameToken(token) || (isRandomToken(token) && !(await isMissing(token)))) return NextResponse.next();
  const nowhere = request.nextUrl.clone();
  nowhere.pathname = NOWHERE;
  return NextResponse.rewrite(nowhere);
}

async function isMissing(token: string): Promise<boolean> {
  try {
    return (await findRoom(token)).kind === 'missing';
  } catch {
    // The server does not answer: the page asks again, and says so.
    return false;
  }
}
