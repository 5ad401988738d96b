import { EditorState, type ChangeSpec, type Extension, type Text, type Transaction } from '@codemirror/state';
import { cleanText } from '../../lib/client/index.ts';
import { remote } from './remote-annotation.ts';

/**
 * Keeps local edits clean (P6), wherever they come from: typing, paste, drop, a command, an input method. Line ends
 * become `\n`, lone surrogates U+FFFD, and an edit that would cut a surrogate pair takes the whole pair, or, if it only
 * inserts, stands in front of it. The repair is a second step inside the same transaction, so that selection and
 * effects go through it by themselves.
 */
export function cleanInput(): Extension {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(remote) !== undefined) return transaction;
    const changes = repairs(transaction);
    return changes.length === 0 ? transaction : [transaction, { changes, sequential: true }];
  });
}

/** What has to be changed in the text after `transaction`, in its coordinates. */
function repairs(transaction: Transaction): ChangeSpec[] {
  const { changes, startState, newDoc } = transaction;
  const before = startState.doc;
  const found: ChangeSpec[] = [];
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    const typed = inserted.sliceString(0, inserted.length, '\n');
    const cleaned = cleanText(typed);
    const left = splitsPair(before, fromA);
    const right = splitsPair(before, toA);
    if (!left && !right) {
      if (cleaned !== typed) found.push({ from: fromB, to: toB, insert: cleaned });
      return;
    }
    const inside = left && fromA === toA;
    found.push({
      from: left ? fromB - 1 : fromB,
      to: right ? toB + 1 : toB,
      insert: inside ? cleaned + before.sliceString(fromA - 1, fromA + 1) : cleaned,
    });
  });
  return found.filter((change) => !isNothing(change, newDoc));
}

/** Is `position` between the two halves of a surrogate pair? */
export function splitsPair(text: Text, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  const around = text.sliceString(position - 1, position + 1);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(around);
}

function isNothing(change: ChangeSpec, text: Text): boolean {
  if (!('from' in change) || typeof change.insert !== 'string') return false;
  return text.sliceString(change.from, change.to ?? change.from) === change.insert;
}
