import { identity, lengthChange, replacement, type Op } from '../../lib/ot/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import type { Algebra } from './peers/algebra.ts';
import { codeMirrorAlgebra } from './peers/codemirror.ts';
import { otJsAlgebra } from './peers/ot-js.ts';
import { otTextAlgebra } from './peers/ot-text.ts';
import { otTextUnicodeAlgebra } from './peers/ot-text-unicode.ts';
import { tandemAlgebra } from './peers/tandem.ts';
import { oneLetterOps, plainText, thousandParts } from './random-edits.ts';
import { automergePaper } from './traces.ts';

/** Tandem first. */
export const ALGEBRAS: readonly Algebra[] = [
  tandemAlgebra,
  codeMirrorAlgebra,
  otTextUnicodeAlgebra,
  otTextAlgebra,
  otJsAlgebra,
];

/** Something that a library does `count` times in one `run`. */
export interface Task {
  count: number;
  run(): void;
  /** Throws if what it does is wrong. */
  check(): void;
}

const LENGTH = 100_000;
const TEXT = plainText(LENGTH);
const PAIRS = 20_000;
const LARGE_PAIRS = 20;
const HISTORY = 10_000;
const COMPOSED = 1_000;
/** Units that one part of a large op inserts or deletes at most. */
const MOST_INSERTED = 5;

const random = seededRandom(7);
const LEFT = oneLetterOps(PAIRS, LENGTH, random);
const RIGHT = oneLetterOps(PAIRS, LENGTH, random);
const LARGE = Array.from({ length: LARGE_PAIRS * 2 }, () => thousandParts(LENGTH, random));
const POSITIONS = Array.from({ length: 1_000 }, () => random.int(LENGTH));
const PAST = paperHistory(LENGTH, HISTORY);

/** Ops of automerge-paper after `skip` edits, with the length of the text before each. */
function paperHistory(skip: number, count: number): { op: Op; length: number }[] {
  const { edits } = automergePaper();
  let length = 0;
  for (const [, deleted, inserted] of edits.slice(0, skip)) length += inserted.length - deleted;
  return edits.slice(skip, skip + count).map(([at, deleted, inserted]) => {
    const one = { op: replacement(at, deleted, inserted), length };
    length += lengthChange(one.op);
    return one;
  });
}

/** What is measured of a library, each on the same ops. */
export function tasksOf<MadeOp>(algebra: Algebra<MadeOp>) {
  return {
    pair: pairTask(algebra, LEFT, RIGHT, 2),
    history: historyTask(algebra),
    large: pairTask(algebra, LARGE.slice(LARGE_PAIRS), LARGE.slice(0, LARGE_PAIRS), 20),
    compose: composeTask(algebra),
    position: positionTask(algebra),
    invert: invertTask(algebra),
  };
}

function pairTask<MadeOp>(algebra: Algebra<MadeOp>, lefts: readonly Op[], rights: readonly Op[], passes: number): Task {
  const pairs = lefts.map((left, at) => {
    return [algebra.from(left, LENGTH), algebra.from(rights[at] ?? identity, LENGTH)] as const;
  });
  return {
    count: pairs.length * passes,
    run() {
      for (let pass = 0; pass < passes; pass++) for (const [left, right] of pairs) algebra.transformPair(left, right);
    },
    check() {
      for (const [left, right] of pairs.slice(0, 20)) {
        const [leftAfter, rightAfter] = algebra.transformPair(left, right);
        same(
          algebra,
          algebra.apply(algebra.apply(TEXT, left), rightAfter),
          algebra.apply(algebra.apply(TEXT, right), leftAfter),
        );
      }
    },
  };
}

function historyTask<MadeOp>(algebra: Algebra<MadeOp>): Task {
  const [first] = PAST;
  const length = first?.length ?? 0;
  const past = PAST.map((one) => algebra.from(one.op, one.length));
  const late = algebra.from(replacement(Math.floor(length / 2), 0, 'x'), length);
  const oneByOne = (op: MadeOp, others: readonly MadeOp[]): MadeOp =>
    others.reduce((moved, other) => algebra.transform(moved, other, 'right'), op);
  const over = algebra.transformOver ?? oneByOne;
  const through = () => over(late, past);
  return {
    count: past.length * 3,
    run() {
      for (let pass = 0; pass < 3; pass++) through();
    },
    check() {
      const end = PAST.reduce((sum, { op }) => sum + lengthChange(op), length);
      const text = algebra.apply(plainText(end), through());
      const expected = tandemAlgebra.apply(
        plainText(end),
        PAST.reduce<Op>(
          (op, other) => tandemAlgebra.transform(op, other.op, 'right'),
          replacement(Math.floor(length / 2), 0, 'x'),
        ),
      );
      same(algebra, text, expected);
    },
  };
}

function composeTask<MadeOp>(algebra: Algebra<MadeOp>): Task {
  const some = PAST.slice(0, COMPOSED);
  const ops = some.map((one) => algebra.from(one.op, one.length));
  const all = () => ops.reduce((op, next) => algebra.compose(op, next));
  return {
    count: ops.length * 40,
    run() {
      for (let pass = 0; pass < 40; pass++) all();
    },
    check() {
      const before = plainText(some[0]?.length ?? 0);
      same(
        algebra,
        algebra.apply(before, all()),
        ops.reduce((text, op) => algebra.apply(text, op), before),
      );
    },
  };
}

function positionTask<MadeOp>(algebra: Algebra<MadeOp>): Task | null {
  if (algebra.mapPosition === undefined) return null;
  const ops = LARGE.slice(0, 5).map((op) => algebra.from(op, LENGTH));
  return {
    count: ops.length * POSITIONS.length,
    run() {
      for (const op of ops) for (const position of POSITIONS) algebra.mapPosition?.(op, position);
    },
    check() {
      for (const [at, op] of ops.entries()) {
        for (const position of POSITIONS) {
          const expected = tandemAlgebra.mapPosition?.(LARGE[at] ?? identity, position) ?? Number.NaN;
          const found = algebra.mapPosition?.(op, position) ?? Number.NaN;
          // In text that is replaced they may stop before, within or behind what takes its place.
          if (!(Math.abs(found - expected) <= MOST_INSERTED))
            throw new Error(`${algebra.name} moves ${position} to ${found}, not to ${expected}.`);
        }
      }
    },
  };
}

function invertTask<MadeOp>(algebra: Algebra<MadeOp>): Task | null {
  const { invert, document } = algebra;
  if (invert === undefined || document === undefined) return null;
  const text = document(TEXT);
  // Some take a twentieth of a second for one.
  const ops = LARGE.slice(0, algebra.name === 'ot-text-unicode' ? 2 : 40).map((op) => algebra.from(op, LENGTH));
  const passes = algebra.name === 'ot-text-unicode' ? 1 : 25;
  return {
    count: ops.length * passes,
    run() {
      for (let pass = 0; pass < passes; pass++) for (const op of ops) invert(op, text);
    },
    check() {
      for (const op of ops.slice(0, 2)) same(algebra, algebra.apply(algebra.apply(TEXT, op), invert(op, text)), TEXT);
    },
  };
}

function same({ name }: { name: string }, text: string, expected: string): void {
  if (text !== expected) throw new Error(`${name} does not converge.`);
}
