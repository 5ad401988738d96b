import { identity, type Op } from './op.ts';

/**
 * Ends an op that is put together from left to right: `parts`, then the newest edit, which nothing has joined yet (it keeps `kept` units before
 * it, inserts `text`, deletes `gone`), then what is left of `op`: `rest` of its part at `index`, and all behind that. Canonical, if
 * `parts` and `op` are. Takes `parts` over.
 */
export function endParts(
  parts: (number | string)[],
  kept: number,
  text: string,
  gone: number,
  rest: number | string | undefined,
  op: Op,
  index: number,
): Op {
  let keeps = kept;
  let inserts = text;
  let deletes = gone;
  let next = index;
  let part = rest;
  // Behind a retain that is behind an edit nothing joins any more.
  for (; part !== undefined; part = op[++next]) {
    if (typeof part === 'string') inserts = inserts === '' ? part : inserts + part;
    else if (part < 0) deletes -= part;
    else if (inserts !== '' || deletes !== 0) break;
    else keeps += part;
  }
  if (inserts !== '' || deletes !== 0) {
    if (keeps !== 0) parts.push(keeps);
    if (inserts !== '') parts.push(inserts);
    if (deletes !== 0) parts.push(-deletes);
  }
  for (; part !== undefined; part = op[++next]) parts.push(part);
  return parts.length === 0 ? identity : parts;
}
