import { describe, expect, it } from 'vitest';
import { mapPosition, type Op } from '../../lib/ot/index.ts';
import { randomOp } from '../../lib/ot/random-op.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { PassageMap } from './passage-map.ts';

/** The passage from 3 to 8 after an op. */
function after(op: Op): [number, number] {
  const { from, to } = new PassageMap(op).passage({ from: 3, to: 8 });
  return [from, to];
}

describe('a passage', () => {
  it.each<[string, Op, [number, number]]>([
    ['nothing', [], [3, 8]],
    ['what is typed before it', ['ab'], [5, 10]],
    ['what is typed at its beginning', [3, 'ab'], [5, 10]],
    ['what is typed inside', [5, 'ab'], [3, 10]],
    ['what is typed at its end', [8, 'ab'], [3, 8]],
    ['what is typed behind it', [9, 'ab'], [3, 8]],
    ['a deletion before it', [1, -2], [1, 6]],
    ['a deletion into it', [1, -4], [1, 4]],
    ['a deletion inside', [4, -2], [3, 6]],
    ['a deletion out of it', [6, -9], [3, 6]],
    ['a deletion behind it', [8, -9], [3, 8]],
    ['its beginning replaced from outside', [1, 'xyz', -4], [4, 7]],
    ['its end replaced from inside', [6, 'xyz', -4], [3, 9]],
  ])('is moved by %s', (_, op, expected) => {
    expect(after(op)).toEqual(expected);
  });

  it.each<[string, Op, number]>([
    ['just it', [3, -5], 3],
    ['more than it', [1, -10], 1],
    ['all', [-20], 0],
    ['it, for something else', [3, 'new', -5], 6],
    ['it in two deletions with something between', [1, 'x', -9], 2],
  ])('is gone after a deletion of %s', (_, op, place) => {
    expect(after(op)).toEqual([place, place]);
  });

  it('[property] has its ends where the algebra maps them', () => {
    const random = seededRandom(20261127);
    for (let round = 0; round < 3_000; round++) {
      const text = 'x'.repeat(1 + random.int(40));
      const [op] = randomOp(random, text);
      const from = random.int(text.length);
      const to = from + 1 + random.int(text.length - from);
      const end = mapPosition(to, op, 'before');
      const expected = [Math.min(mapPosition(from, op, 'after'), end), end];
      const { from: start, to: behind } = new PassageMap(op).passage({ from, to });
      expect([start, behind], `${JSON.stringify(op)} ${from} ${to}`).toEqual(expected);
    }
  });
});
