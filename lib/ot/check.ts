import { isHigh, isLow, uncleanAt } from './clean-text.ts';
import type { Op } from './op.ts';
import type { TextLike } from './text-like.ts';

/** Why an op is refused: a stable code, and a sentence with the numbers in it. */
export interface OpFault {
  code: 'not-an-op' | 'not-canonical' | 'unclean-text' | 'too-many-parts' | 'too-long' | 'splits-pair';
  message: string;
}

/**
 * Most parts of one op. People make ops of 3 parts, a replace-all a few thousand; transforming costs the sum of both
 * ops' parts, so this keeps one transform well under a millisecond.
 */
export const maxParts = 10_000;

/**
 * Is the unknown value an op: an array of at most `most` safe integers and strings, in canonical form, whose inserted
 * text is clean? Null if so. `[]` passes; whether identity makes sense is for the caller to say. Transforming can give
 * an op more parts than its maker did, so an entry of the log must not be held to `maxParts`.
 */
export function checkOp(value: unknown, most = maxParts): OpFault | null {
  if (!Array.isArray(value)) return fault('not-an-op', 'An op must be an array of numbers and strings.');
  const parts: readonly unknown[] = value;
  if (parts.length > most) {
    return fault('too-many-parts', `The op has ${parts.length} parts, and ${most} are allowed.`);
  }
  // What the part before was: 0 nothing or a retain, 1 an insert, 2 a delete; `retained` tells the first two apart.
  let previous = 0;
  let retained = false;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (typeof part === 'string') {
      if (part === '') return fault('not-canonical', `Part ${index} of the op is an empty string.`);
      if (previous === 1) return fault('not-canonical', `Parts ${index - 1} and ${index} of the op are both inserts.`);
      if (previous === 2) {
        return fault('not-canonical', `Part ${index} of the op inserts after a delete; inserts come first.`);
      }
      const at = uncleanAt(part);
      if (at !== -1) return uncleanFault(part, index, at);
      previous = 1;
      retained = false;
    } else if (typeof part === 'number' && Number.isSafeInteger(part)) {
      if (part > 0) {
        if (retained) return fault('not-canonical', `Parts ${index - 1} and ${index} of the op are both retains.`);
        previous = 0;
        retained = true;
      } else if (part < 0) {
        if (previous === 2) {
          return fault('not-canonical', `Parts ${index - 1} and ${index} of the op are both deletes.`);
        }
        previous = 2;
        retained = false;
      } else {
        return fault('not-canonical', `Part ${index} of the op is 0.`);
      }
    } else {
      return fault('not-an-op', `Part ${index} of the op is neither a string nor a safe integer.`);
    }
  }
  if (retained) return fault('not-canonical', `Part ${parts.length - 1} of the op is a retain at its end.`);
  return null;
}

/**
 * Does a checked op fit `text`: does it end within it, and is none of its boundaries inside a surrogate pair? Null if
 * so. The text must be clean.
 */
export function fitOp(op: Op, text: TextLike): OpFault | null {
  let position = 0;
  for (let index = 0; index < op.length; index++) {
    const part = op[index];
    if (typeof part === 'number') position += part < 0 ? -part : part;
  }
  if (position > text.length) {
    return fault('too-long', `The op reaches to unit ${position}, and the text has ${text.length}.`);
  }
  position = 0;
  for (let index = 0; index < op.length; index++) {
    const part = op[index];
    if (typeof part !== 'number') continue;
    position += part < 0 ? -part : part;
    if (isLow(text.charCodeAt(position)) && isHigh(text.charCodeAt(position - 1))) {
      return fault('splits-pair', `The op has a boundary at unit ${position}, inside a surrogate pair.`);
    }
  }
  return null;
}

function uncleanFault(text: string, index: number, at: number): OpFault {
  const what = text.charCodeAt(at) === 13 ? 'a carriage return' : 'a lone surrogate';
  return fault('unclean-text', `Part ${index} of the op has ${what} at unit ${at}.`);
}

function fault(code: OpFault['code'], message: string): OpFault {
  return { code, message };
}
