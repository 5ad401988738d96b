import type { RoomView } from './types.ts';

/** Would drawing `b` look the same as drawing `a`? Everything in a view but its dots is replaced when it changes. */
export function sameView(a: RoomView, b: RoomView): boolean {
  const { dots: dotsA, ...restA } = a;
  const { dots: dotsB, ...restB } = b;
  const other = new Map<string, unknown>(Object.entries(restB));
  const sameDots = dotsA.device === dotsB.device && dotsA.received === dotsB.received && dotsA.disk === dotsB.disk;
  return sameDots && Object.entries(restA).every(([key, value]) => Object.is(other.get(key), value));
}
