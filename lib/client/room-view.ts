import type { RoomView } from './types.ts';

/**
 * Would drawing `b` look the same as drawing `a`? Everything in a view but its dots is replaced when it changes. Asked at every key, so
 * only values are looked at: one function makes all views, with their fields in one order.
 */
export function sameView(a: RoomView, b: RoomView): boolean {
  const { dots } = a;
  const others: unknown[] = Object.values(b);
  const sameDots = dots.device === b.dots.device && dots.received === b.dots.received && dots.disk === b.dots.disk;
  return sameDots && Object.values(a).every((value, index) => value === dots || Object.is(value, others[index]));
}
