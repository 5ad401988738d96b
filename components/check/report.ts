import { checkStrings } from './check-strings.ts';
import type { Finding, Measurements } from './judge.ts';

/** Everything that was found, as text for whoever looks after the server. */
export function reportOf(
  findings: readonly Finding[],
  { pages, sockets, here }: Measurements,
  { userAgent, at }: { userAgent: string; at: Date },
): string {
  const marks = { good: 'ok  ', warn: 'warn', bad: 'BAD ' };
  return [
    `${checkStrings.title} ${here}`,
    `${at.toISOString()} · ${userAgent}`,
    '',
    ...findings.map(({ state, name, words }) => `${marks[state]} ${name}: ${words}`),
    '',
    `requests ${numbersOf(pages)}`,
    `socket   ${numbersOf(sockets)}`,
  ].join('\n');
}

function numbersOf(measured: object): string {
  return Object.entries(measured)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? Math.round(value) : String(value)}`)
    .join(' ');
}
