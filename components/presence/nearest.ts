/** Where a caret stands, in px from the top of the scrolled text. */
export interface Spot {
  authors: readonly number[];
  name: string;
  color: number;
  top: number;
  bottom: number;
}

/** The nearest person outside of the view, and on which side. */
export interface Nearby {
  authors: readonly number[];
  name: string;
  color: number;
  side: 'above' | 'below';
}

/** Who of `spots` is nearest to the part of the text from `top` to `bottom`; null if all are in it, or nobody is. */
export function nearestOutside(spots: readonly Spot[], top: number, bottom: number): Nearby | null {
  let nearest: Nearby | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { authors, name, color, ...spot } of spots) {
    const above = top - spot.bottom;
    const below = spot.top - bottom;
    const away = Math.max(above, below);
    if (away < 0 || away >= least) continue;
    least = away;
    nearest = { authors, name, color, side: above > below ? 'above' : 'below' };
  }
  return nearest;
}
