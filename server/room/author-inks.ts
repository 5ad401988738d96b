/** The author colours 1–12 as they are on light ground (app/tokens.css), for editors that want an sRGB value. */
const INKS = [
  '#6751f4',
  '#8f4502',
  '#0a5b6e',
  '#7f22c0',
  '#8f020c',
  '#816b02',
  '#007b69',
  '#1f3d83',
  '#78084c',
  '#785bb2',
  '#4c633b',
  '#4d421f',
] as const;

/** The ink of an author colour; anything but 1–12 is the first. */
export function inkOf(color: number): string {
  return INKS[color - 1] ?? INKS[0];
}

/** The author colour (1–12) nearest to a CSS colour such as `#30bced` or `#3be`; null for anything else. */
export function nearestColor(css: string): number | null {
  const wanted = channels(css);
  if (!wanted) return null;
  let best = 0;
  let least = Infinity;
  INKS.forEach((ink, index) => {
    const distance = (channels(ink) ?? []).reduce((sum, value, at) => sum + (value - (wanted[at] ?? 0)) ** 2, 0);
    if (distance >= least) return;
    least = distance;
    best = index;
  });
  return best + 1;
}

function channels(css: string): number[] | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(css);
  if (short) return short.slice(1).map((digit) => parseInt(digit + digit, 16));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/i.exec(css);
  return long ? long.slice(1).map((pair) => parseInt(pair, 16)) : null;
}
