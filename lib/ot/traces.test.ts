import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkOp, fitOp, replacement, Text, transformPair } from './index.ts';
import type { Op } from './index.ts';

type Patch = [position: number, deleted: number, inserted: string];

interface SequentialTrace {
  edits: Patch[];
  endLength: number;
  endSha256: string;
}

interface ConcurrentTrace {
  numAgents: number;
  txns: { parents: number[]; agent: number; patches: Patch[] }[];
}

/** End of the concurrent trace with the text in the log to the left, from the README beside the data. */
const FRIENDSFOREVER_SHA256 = '4c0c9d0de160288ff73afc088960ea549937d6e5b3e0f830a933385549727228';

function readTrace(name: string): unknown {
  const file = new URL(`../../bench/traces/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

function sha256(text: Text): string {
  return createHash('sha256').update(text.toString(), 'utf8').digest('hex');
}

/** The op of one patch, past the same door as an op from the wire. */
function checkedOp([position, deleted, inserted]: Patch, text: Text): Op {
  const op = replacement(position, deleted, inserted);
  const fault = checkOp(op) ?? fitOp(op, text);
  if (fault !== null) throw new Error(fault.message);
  return op;
}

/** One author's editor, and what the server keeps for it. */
interface Author {
  readonly text: Text;
  /** Own ops that were not read back from the log, each made to follow the entries read so far and those before it. */
  pending: Op[];
  /** How many entries of the log the editor has read. */
  read: number;
  /** The server's side: others' entries that the editor has not read, made to follow all that it has sent. */
  unread: { at: number; op: Op }[];
}

interface Entry {
  agent: number;
  op: Op;
}

/** The editor reads the log up to `end`: others' entries go through what is pending, its own are acknowledgements. */
function readLog(author: Author, agent: number, log: readonly Entry[], end: number): void {
  for (; author.read < end; author.read++) {
    const entry = log[author.read];
    if (entry === undefined) throw new RangeError(`The log has ${log.length} entries, not ${end}`);
    if (entry.agent === agent) {
      author.pending.shift();
      continue;
    }
    let op = entry.op;
    for (const [index, pending] of author.pending.entries()) {
      const [through, moved] = transformPair(op, pending);
      author.pending[index] = moved;
      op = through;
    }
    author.text.apply(op);
  }
  author.unread = author.unread.filter((entry) => entry.at >= end);
}

/** The server takes an op through the entries that its author had not read, and them through it. */
function receive(author: Author, made: Op): Op {
  let op = made;
  for (const entry of author.unread) {
    const [through, moved] = transformPair(entry.op, op);
    entry.op = through;
    op = moved;
  }
  return op;
}

describe('recorded sessions', () => {
  it('[P4] automerge-paper, 259,778 edits of one author, ends with the recorded text', () => {
    const trace = readTrace('automerge-paper.seq') as SequentialTrace;
    expect(trace.edits).toHaveLength(259_778);
    const text = Text.of('');
    for (const patch of trace.edits) text.apply(checkedOp(patch, text));
    expect(text.length).toBe(trace.endLength);
    expect(sha256(text)).toBe(trace.endSha256);
  });

  it('[P4] friendsforever, two authors at once, ends with the same text on the server and on both screens', () => {
    const { txns, numAgents } = readTrace('friendsforever.conc') as ConcurrentTrace;
    expect(txns).toHaveLength(26_078);
    const server = Text.of('');
    const log: Entry[] = [];
    const authors: Author[] = Array.from({ length: numAgents }, () => ({
      text: Text.of(''),
      pending: [],
      read: 0,
      unread: [],
    }));
    /** For each transaction, what its author had seen: the newest transaction of each agent, its own included. */
    const seen: number[][] = [];

    for (const [index, { parents, agent, patches }] of txns.entries()) {
      const author = authors[agent];
      const [patch] = patches;
      if (author === undefined || patch === undefined) throw new Error(`Transaction ${index} is not one patch`);
      const known = Array.from({ length: numAgents }, (_, other) =>
        Math.max(-1, ...parents.map((parent) => seen[parent]?.[other] ?? -1)),
      );
      readLog(author, agent, log, Math.max(author.read, ...known.map((at, other) => (other === agent ? 0 : at + 1))));
      const made = checkedOp(patch, author.text);
      author.text.apply(made);
      author.pending.push(made);

      const op = receive(author, made);
      server.apply(op);
      log.push({ agent, op });
      for (const other of authors) if (other !== author) other.unread.push({ at: index, op });
      known[agent] = index;
      seen.push(known);
    }
    expect(authors.some((author) => author.pending.length > 0)).toBe(true);
    for (const [agent, author] of authors.entries()) {
      readLog(author, agent, log, log.length);
      expect(author.pending).toEqual([]);
      expect(author.text.toString()).toBe(server.toString());
    }
    expect(server.length).toBe(21_362);
    expect(sha256(server)).toBe(FRIENDSFOREVER_SHA256);
  });
});
