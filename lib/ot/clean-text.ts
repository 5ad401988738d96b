/** U+FFFD, what Unicode says stands for what cannot be decoded. */
const REPLACEMENT = '\ufffd';

/** Clean text has no `\r` and no lone surrogates (promise P6). */
export function isClean(text: string): boolean {
  return uncleanAt(text) === -1;
}

/** `\r\n` and `\r` become `\n`, lone surrogates U+FFFD. Returns the same string if it is clean already. */
export function cleanText(text: string): string {
  if (isClean(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, REPLACEMENT);
}

/** Position of the first `\r` or lone surrogate, or -1. */
export function uncleanAt(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 13) return at;
    if (!isSurrogate(unit)) continue;
    if (!isHigh(unit) || !isLow(text.charCodeAt(at + 1))) return at;
    at++;
  }
  return -1;
}

/** Is `unit` either half of a surrogate pair? */
export function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}

/** Is `unit` the first half of a surrogate pair? False for NaN. */
export function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

/** Is `unit` the second half of a surrogate pair? False for NaN. */
export function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
