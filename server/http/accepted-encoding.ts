/** How a body may be packed, best first. */
export const ENCODINGS = ['br', 'gzip'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/**
 * Which of `there` a caller takes by its Accept-Encoding, the best that it takes; null: the bytes as they are. Its own ranking is of
 * no account: who takes both is best served with the smaller one (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3).
 */
export function acceptedEncoding(header: string | undefined, there: ReadonlySet<Encoding>): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
    const weight = parameters.find((word) => word.startsWith('q='));
    // What is no number takes nothing.
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  return ENCODINGS.find((one) => there.has(one) && (weights.get(one) ?? weights.get('*') ?? 0) > 0) ?? null;
}
