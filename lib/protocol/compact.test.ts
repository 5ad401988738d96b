import { describe, expect, it } from 'vitest';
import type { Op } from '../ot/index.ts';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import {
  decodeClientMessage,
  decodeCompactOp,
  decodeCompactOps,
  decodeServerMessage,
  encodeCompactOp,
  encodeCompactOps,
  ProtocolFault,
} from './index.ts';
import { refusalOf } from './test-refusal.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (given: Uint8Array): string => Buffer.from(given).toString('hex');

/** Numbers around each of the lengths that CBOR has for them. */
const NUMBERS = [1, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 48 + 5, Number.MAX_SAFE_INTEGER];
const TEXTS = [
  'a',
  'é',
  '\u0000',
  '\ufeff',
  '\u{1f600}',
  'x'.repeat(23),
  'ü'.repeat(40),
  'x'.repeat(300),
  'y'.repeat(70_000),
];

/** In canonical form: retains, inserts and deletions in turns. */
function someOp(random: SeededRandom): Op {
  const parts: (number | string)[] = [];
  for (let more = random.int(4); more >= 0; more--) {
    parts.push(random.pick(NUMBERS));
    if (random.int(2) === 0) parts.push(random.pick(TEXTS));
    if (typeof parts.at(-1) === 'number' || random.int(2) === 0) parts.push(-random.pick(NUMBERS));
  }
  return parts;
}

describe('the compact form', () => {
  it('is what RFC 8949 says, and short', () => {
    // 3 items: 5, 1000, and [2000, "é", -3].
    const op = encodeCompactOp({ t: 'op', seq: 5, rev: 1_000, op: [2_000, 'é', -3] });
    expect(hex(op)).toBe('83' + '05' + '1903e8' + '83' + '1907d0' + '62c3a9' + '22');
    const ops = encodeCompactOps(70_000, [{ author: 2, seq: 300, op: [9_000, 'x'] }]);
    expect(hex(ops)).toBe('84' + '1a00011170' + '02' + '19012c' + '82' + '192328' + '6178');
  });

  it('says the same as JSON, both ways', () => {
    const seed = 20261128;
    const random = seededRandom(seed);
    for (let round = 0; round < 3_000; round++) {
      const [seq, rev, author] = [random.pick(NUMBERS), random.pick(NUMBERS), random.pick(NUMBERS)];
      const message = { t: 'op', seq, rev, op: someOp(random) } as const;
      const why = `seed ${seed}, round ${round}`;
      const said = decodeCompactOp(encodeCompactOp(message));
      expect(said, why).toEqual(decodeClientMessage(JSON.stringify(message)));
      const entries = Array.from({ length: 1 + random.int(3) }, () => ({ author, seq, op: someOp(random) }));
      const json = JSON.stringify({ t: 'ops', rev, ops: entries.map((one) => [one.author, one.seq, one.op]) });
      const told = decodeCompactOps(encodeCompactOps(rev, entries));
      expect(told, why).toEqual(decodeServerMessage(json));
    }
  });

  it('gives each message bytes of its own', () => {
    const first = encodeCompactOp({ t: 'op', seq: 1, rev: 0, op: ['a'.repeat(100_000)] });
    const copy = hex(first);
    encodeCompactOp({ t: 'op', seq: 2, rev: 0, op: ['b'.repeat(100_000)] });
    expect(hex(first)).toBe(copy);
  });

  it('takes numbers in longer forms than they need', () => {
    expect(decodeCompactOp(bytes('83 1b0000000000000001 1a00000000 990002 1801 79000161'))).toEqual({
      t: 'op',
      seq: 1,
      rev: 0,
      op: [1, 'a'],
    });
  });

  it.each([
    ['nothing', '', 'bad-cbor'],
    ['an array that breaks off', '83', 'bad-cbor'],
    ['another array', '82 01 00', 'bad-field'],
    ['more behind the end', '83 01 00 81 6161 00', 'bad-cbor'],
    ['a text that breaks off', '83 01 00 81 6261', 'bad-cbor'],
    ['a length beyond all bytes', '83 01 00 9b001fffffffffffff 6161', 'bad-cbor'],
    ['a length that is not told', '83 01 00 9f 6161 ff', 'bad-cbor'],
    ['a reserved length', '83 01 00 81 7c', 'bad-cbor'],
    ['a number beyond 2^53 - 1', '83 1b0020000000000000 00 81 6161', 'bad-cbor'],
    ['one below -(2^53 - 1)', '83 01 00 81 3b001fffffffffffff', 'bad-cbor'],
    ['a fraction', '83 01 00 82 fb3ff8000000000000 6161', 'bad-cbor'],
    ['a byte string', '83 01 00 81 4161', 'bad-cbor'],
    ['a tag', '83 01 00 81 c1 01', 'bad-cbor'],
    ['a map', 'a1 01 00', 'bad-cbor'],
    ['text that is not UTF-8', '83 01 00 81 61ff', 'bad-cbor'],
    ['half of a pair', '83 01 00 81 63eda0bd', 'bad-cbor'],
    ['a seq of 0', '83 00 00 81 6161', 'bad-field'],
    ['a negative revision', '83 01 20 81 6161', 'bad-field'],
    ['an op that changes nothing', '83 01 00 80', 'bad-op'],
    ['an op that is not canonical', '83 01 00 82 6161 6162', 'bad-op'],
    ['a carriage return', '83 01 00 81 610d', 'bad-op'],
  ])('[P7] refuses %s by name', (_, given, code) => {
    const refused = refusalOf(() => decodeCompactOp(bytes(given)));
    expect([refused.code, refused.close]).toEqual([code, 4400]);
    expect(refused.message).toMatch(/^[A-Z"].*\.$/);
  });

  it.each(['81 00', '82 01 01', '84 00 01 01 80', '84 01 00 01 80', '84 01 01 20 80', '84 01 01 01 82 6161 6161'])(
    'refuses entries like %s',
    (given) => {
      expect(refusalOf(() => decodeCompactOps(bytes(given))).close).toBe(4400);
    },
  );

  it('[P7] answers any mangled message with a message or a named refusal, never otherwise', () => {
    const seed = 20261128;
    const random = seededRandom(seed);
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const given = [...encodeCompactOp({ t: 'op', seq: 1, rev: 7, op: [3, 'abc\u{1f600}', -2] })];
      for (let edits = random.int(4); edits >= 0; edits--) {
        given.splice(random.int(given.length), random.int(3), random.int(256));
      }
      try {
        decodeCompactOp(Uint8Array.from(given));
      } catch (error) {
        if (!(error instanceof ProtocolFault)) {
          throw new Error(`seed ${seed}, round ${round}: ${hex(Uint8Array.from(given))}`, { cause: error });
        }
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10_000);
  });
});
