import { endParts } from './end-parts.ts';
import type { Op } from './op.ts';

/**
 * Both sides of the diamond in one walk over the common text: each part is looked at once for both, and the newest edit
 * of each result is held in variables until nothing can join it. Half of what `OpBuilder` takes, for ops of many parts.
 */
export function transformPartsPair(left: Op, right: Op): [left: Op, right: Op] {
  const leftParts: (number | string)[] = [];
  const rightParts: (number | string)[] = [];
  // The newest edit of each: what it keeps before it, inserts, deletes.
  let leftKept = 0;
  let leftText = '';
  let leftGone = 0;
  let rightKept = 0;
  let rightText = '';
  let rightGone = 0;
  let i = 0;
  let j = 0;
  // What is left of the current part of each op.
  let a = left[0];
  let b = right[0];
  while (a !== undefined && b !== undefined) {
    // How many units each result keeps from here.
    let leftKeeps = 0;
    let rightKeeps = 0;
    if (typeof a === 'string') {
      leftText = leftText === '' ? a : leftText + a;
      rightKeeps = a.length;
      a = left[++i];
    } else if (typeof b === 'string') {
      rightText = rightText === '' ? b : rightText + b;
      leftKeeps = b.length;
      b = right[++j];
    } else {
      const mine: number = a < 0 ? -a : a;
      const theirs: number = b < 0 ? -b : b;
      const count = mine < theirs ? mine : theirs;
      if (a > 0) {
        if (b > 0) {
          leftKeeps = count;
          rightKeeps = count;
        } else {
          rightGone += count;
        }
      } else if (b > 0) {
        leftGone += count;
      }
      a = count === mine ? left[++i] : a < 0 ? a + count : a - count;
      b = count === theirs ? right[++j] : b < 0 ? b + count : b - count;
    }
    if (leftKeeps > 0) {
      if (leftGone !== 0 || leftText !== '') {
        if (leftKept !== 0) leftParts.push(leftKept);
        if (leftText !== '') leftParts.push(leftText);
        if (leftGone !== 0) leftParts.push(-leftGone);
        leftKept = 0;
        leftText = '';
        leftGone = 0;
      }
      leftKept += leftKeeps;
    }
    if (rightKeeps > 0) {
      if (rightGone !== 0 || rightText !== '') {
        if (rightKept !== 0) rightParts.push(rightKept);
        if (rightText !== '') rightParts.push(rightText);
        if (rightGone !== 0) rightParts.push(-rightGone);
        rightKept = 0;
        rightText = '';
        rightGone = 0;
      }
      rightKept += rightKeeps;
    }
  }
  // Where the other one has ended it keeps the rest.
  return [
    endParts(leftParts, leftKept, leftText, leftGone, a, left, i),
    endParts(rightParts, rightKept, rightText, rightGone, b, right, j),
  ];
}
