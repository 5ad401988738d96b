import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { visited } from '../visited-base.ts';

export interface HeaderRule {
  trustProxy: boolean;
  /** The sources of the `frame-ancestors` directive. */
  frameAncestors: string;
}

/** Bytes of a nonce: 128 bits, as CSP asks for (https://www.w3.org/TR/CSP3/#security-nonces). */
const NONCE_BYTES = 16;
/** How long browsers keep to https once they came by it: a year. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** What no page of ours uses, so that no script which got in could. Clipboard and sharing stay. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

const PERMISSIONS = UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ');

/**
 * For every answer: nothing in it may run, be framed, be read by pages of others, or tell an address, which is the key
 * of a room, to another site. Browsers that came by https are told to stay there.
 */
export function guardAnswer(request: IncomingMessage, response: ServerResponse, { trustProxy }: HeaderRule): void {
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', PERMISSIONS);
  if (visited(request, trustProxy).scheme === 'https') {
    // Not for subdomains: those may be other people's.
    response.setHeader('strict-transport-security', `max-age=${HSTS_SECONDS}`);
  }
}

/**
 * For pages and their files, after `guardAnswer`: our own files may run, and of the scripts in the page those that carry
 * this answer's nonce. The framework finds the nonce in the request's policy and writes it on its own scripts;
 * app/nonce.ts hands it to ours. `needsEval`: the pages are being developed, and React reads errors by `eval`.
 */
export function guardPage(
  request: IncomingMessage,
  response: ServerResponse,
  { frameAncestors }: HeaderRule,
  needsEval: boolean,
): void {
  const policy = pagePolicy(randomBytes(NONCE_BYTES).toString('base64'), frameAncestors, needsEval);
  // Over whatever the caller wrote, or callers could choose their nonce.
  request.headers['content-security-policy'] = policy;
  delete request.headers['content-security-policy-report-only'];
  response.setHeader('content-security-policy', policy);
  if (frameAncestors === "'self'") response.setHeader('x-frame-options', 'SAMEORIGIN');
  // Older than CSP, and cannot name origins.
  else if (frameAncestors !== "'none'") response.removeHeader('x-frame-options');
}

function pagePolicy(nonce: string, frameAncestors: string, needsEval: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${needsEval ? " 'unsafe-eval'" : ''}`,
    // 'self' has ws: and wss: of the same host and port in it.
    "connect-src 'self'",
    // The editor and React write styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
    "worker-src 'self'",
    "manifest-src 'self'",
  ].join('; ');
}
