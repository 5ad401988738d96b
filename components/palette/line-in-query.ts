/** `:42` and `:42:7` name a place in the text: line and column, from 1. */
export interface PlaceInQuery {
  line: number;
  column: number;
}

/** The place that the query names; `unknown` if it only begins to; null if it is about something else. */
export function lineInQuery(query: string): PlaceInQuery | 'unknown' | null {
  const typed = query.trim();
  if (!typed.startsWith(':')) return null;
  const digits = /^:\s*(\d{1,9})(?:[:,]\s*(\d{0,9}))?$/.exec(typed);
  const line = Number(digits?.[1] ?? 0);
  return line > 0 ? { line, column: Math.max(1, Number(digits?.[2] ?? 1)) } : 'unknown';
}
