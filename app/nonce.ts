import { headers } from 'next/headers';

/**
 * The nonce that this answer's scripts must carry, from the policy that the server put into the request
 * (server/http/security-headers.ts); undefined if there is none. Whoever asks is drawn for each request anew.
 */
export async function nonceOfRequest(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return /'nonce-([^']+)'/.exec(policy)?.[1];
}
