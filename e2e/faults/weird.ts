import type { SeededRandom } from '../../lib/testing/index.ts';

/** Nesting at which a recursive reader runs out of stack. */
const DEEP = 20_000;
/** One in so many strange values is large, since large ones take most of the time. */
const LARGE_ONE_IN = 200;

/** What no honest client says: each has broken a reader of somebody's, somewhere. */
const SMALL: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  1e21,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  '',
  ' ',
  '0',
  'x',
  '\u0000',
  '\r\n',
  '\ud83d',
  '\ude42\ud83d',
  '\u202e\u2066',
  '\u2028',
  '\ufeff',
  '👩‍👩‍👧‍👦',
  'e\u0301'.repeat(30),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  "'; drop table rooms; --",
  [],
  [[]],
  [null],
  [0],
  [''],
  [1, 2],
  [-1, 'x'],
  ['a', 'b'],
  [2 ** 53],
  [2 ** 53 - 1, 'x', 2 ** 53 - 1, 'y'],
  {},
  { length: 1 },
  { t: 'hello' },
  { toString: 1, valueOf: null },
];

/** A value that does not belong where it will be put. A fresh one each time, for whoever gets it may change it. */
export function weirdValue(random: SeededRandom): unknown {
  if (random.int(LARGE_ONE_IN) === 0) return largeValue(random);
  return structuredClone(random.pick(SMALL));
}

function largeValue(random: SeededRandom): unknown {
  switch (random.int(4)) {
    case 0:
      return 'ab🙂'.repeat(1 + random.int(2_000));
    case 1:
      // More parts than an op may have.
      return Array.from({ length: 10_002 }, (_, index) => (index % 2 === 0 ? 1 : 'x'));
    case 2:
      return Array.from({ length: 100 }, () => [0, 0]);
    default:
      return Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, index]));
  }
}

/** JSON that only text can hold: duplicate keys, own `__proto__`, depth, numbers that are none. */
export function weirdText(random: SeededRandom): string {
  switch (random.int(9)) {
    case 0:
      return '['.repeat(random.int(LARGE_ONE_IN) === 0 ? DEEP : 30);
    case 1:
      return `{"t":"op","seq":1,"rev":0,"op":${nested(random)}}`;
    case 2:
      return '{"t":"ping","t":"op","at":1,"at":{}}';
    case 3:
      return '{"__proto__":{"t":"ping","at":1}}';
    case 4:
      return '{"t":"op","seq":1e999,"rev":-1e999,"op":["x"]}';
    case 5:
      return '{"t":"ping","at":NaN}';
    case 6:
      return '\ufeff{"t":"ping","at":1}';
    case 7:
      return `{"t":"me","name":"\\ud800","color":1,"constructor":{"prototype":{"role":"owner"}}}`;
    default:
      return '"\\u0000"';
  }
}

function nested(random: SeededRandom): string {
  const depth = random.int(LARGE_ONE_IN) === 0 ? DEEP : 50;
  return '['.repeat(depth) + ']'.repeat(depth);
}
