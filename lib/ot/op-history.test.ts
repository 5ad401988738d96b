import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/index.ts';
import { OpHistory, OpLog, packOps, replacement, Text, unpackOps, type Op } from './index.ts';
import { randomOp, randomText } from './random-op.ts';

/** Applies all ops, which the history hears of; then takes them back, and makes them again, by what it says. */
function expectThereAndBack(before: string, next: (text: Text, step: number) => Op, steps: number): void {
  const history = new OpHistory();
  const log = new OpLog();
  const text = Text.of(before);
  const ops: Op[] = [];
  const texts = [before];
  for (let step = 0; step < steps; step++) {
    const op = next(text, step);
    history.push(op, text);
    log.push(op);
    text.apply(op);
    ops.push(op);
    texts.push(text.toString());
  }
  expect(history.length).toBe(steps);
  for (let step = steps - 1; step >= 0; step--) {
    expect(history.at(step)).toEqual(ops[step]);
    text.apply(history.inverseAt(step));
    expect(text.toString()).toBe(texts[step]);
  }
  const stored = unpackOps(packed(log));
  expect(stored.length).toBe(steps);
  for (let step = 0; step < steps; step++) {
    expect(stored.at(step)).toEqual(ops[step]);
    text.apply(history.at(step));
  }
  expect(text.toString()).toBe(texts[steps]);
}

function packed(log: OpLog): Uint8Array {
  const bytes = packOps(log);
  if (!bytes) throw new Error('There is half of a pair in it.');
  return bytes;
}

describe('OpHistory', () => {
  it('[P11] gives back every op and what undoes it, whatever the ops are', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 20; round++) {
      expectThereAndBack(randomText(random, 30), (text) => randomOp(random, text.toString())[0], 60);
    }
  });

  it('[P11] the same where people type, take back and delete, also beyond Latin', () => {
    const random = seededRandom(4);
    for (let round = 0; round < 20; round++) {
      let at = 0;
      expectThereAndBack(
        'a line\n'.repeat(100),
        (text, step) => {
          if (step % 20 === 0) at = random.int(text.length);
          const kind = Math.floor(step / 7) % 4;
          if (kind === 1 && at > 0) return replacement(--at, 1, '');
          if (kind === 2 && at < text.length) return replacement(at, 1, '');
          if (kind === 3) return replacement(0, 2, 'äb');
          return replacement(at++, 0, step % 50 === 0 ? '語' : 'x');
        },
        200,
      );
    }
  });

  it('takes a few numbers for a run, however long', () => {
    const history = new OpHistory();
    const text = Text.of('');
    for (let at = 0; at < 10_000; at++) {
      const op = replacement(at, 0, 'x');
      history.push(op, text);
      text.apply(op);
    }
    expect(history.bytes).toBeLessThan(20_000);
  });

  it('says so beyond its end', () => {
    expect(() => new OpHistory().at(0)).toThrow(RangeError);
    expect(() => new OpHistory().inverseAt(-1)).toThrow(RangeError);
  });
});

describe('packed ops', () => {
  it('refuse bytes that end too early', () => {
    const log = new OpLog();
    log.push(['text']);
    const bytes = packed(log);
    for (let end = 0; end < bytes.length; end++) expect(() => unpackOps(bytes.subarray(0, end))).toThrow(RangeError);
  });

  it('keep a byte order mark that somebody wrote, and U+0000', () => {
    const log = new OpLog();
    log.push(['\ufeff\0']);
    expect(unpackOps(packed(log)).at(0)).toEqual(['\ufeff\0']);
  });

  it('are none if half of a pair stands alone, which UTF-8 cannot say', () => {
    const log = new OpLog();
    log.push(['\ud83d']);
    expect(packOps(log)).toBeNull();
    log.push([1, '\ude00']);
    expect(unpackOps(packed(log)).at(1)).toEqual([1, '\ude00']);
  });
});
