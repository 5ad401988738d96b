import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isIdentity, type Op, replacement, transformPair } from '../../lib/ot/index.ts';
import { createRoom, join, type Peer, readText, root, startServer, type TestServer } from '../harness/index.ts';
import { openRobot } from '../harness/robot.ts';

type Patch = [position: number, deleted: number, inserted: string];

/** End of the concurrent trace with the text in the log to the left, from the README beside the data. */
const FRIENDSFOREVER_SHA256 = '4c0c9d0de160288ff73afc088960ea549937d6e5b3e0f830a933385549727228';
/** The typist rests while so much is not acknowledged, or the whole trace would travel in a few hundred large ops. */
const MOST_UNSAVED = 150;

let server: TestServer;
beforeAll(async () => {
  // Months of writing are replayed as fast as the disk takes them.
  server = await startServer({ env: { MAX_OPS_PER_SECOND: '10000' } });
});
afterAll(async () => {
  await server.stop();
});

function readTrace(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(joinPath(root, 'bench', 'traces', `${name}.json.gz`))).toString('utf8'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

describe('recorded sessions through a real server', () => {
  it('[P4] automerge-paper, typed edit by edit into the real client, ends with the recorded text everywhere', async () => {
    const trace = readTrace('automerge-paper.seq') as { edits: Patch[]; endLength: number; endSha256: string };
    expect(trace.edits).toHaveLength(259_778);
    const { links } = await createRoom(server.url);
    const typist = openRobot({ url: server.url, token: links.edit.token, name: 'Typist' });
    const reader = openRobot({ url: server.url, token: links.view.token, name: 'Reader' });
    await Promise.all([typist.settled(), reader.settled()]);
    for (const [position, deleted, inserted] of trace.edits) {
      typist.edit(replacement(position, deleted, inserted));
      while (typist.client.view().unsaved >= MOST_UNSAVED) await nextTurn();
    }
    await typist.settled(120_000);
    const { text, rev } = await readText(server.url, links.edit.token);
    expect({ length: text.length, sha256: sha256(text) }).toEqual({ length: trace.endLength, sha256: trace.endSha256 });
    await reader.caughtUp(rev);
    expect(sha256(reader.text())).toBe(trace.endSha256);
    expect(sha256(typist.text())).toBe(trace.endSha256);
    // One op for all of it would have tested nothing of the way there.
    expect(rev).toBeGreaterThan(trace.edits.length / (2 * MOST_UNSAVED));
    console.log(`automerge-paper: ${trace.edits.length} edits in ${rev} revisions`);
    typist.close();
    reader.close();
  }, 300_000);

  it('[P4] friendsforever, two authors at once, each op sent at the revision that its author had', async () => {
    const { txns, numAgents } = readTrace('friendsforever.conc') as {
      numAgents: number;
      txns: { parents: number[]; agent: number; patches: Patch[] }[];
    };
    const { links } = await createRoom(server.url);
    const authors = await Promise.all(
      Array.from({ length: numAgents }, async () => new Author((await join(server.url, links.edit.token)).peer)),
    );
    /** For each transaction, how much of the log its author had seen of each agent: itself included. */
    const seen: number[][] = [];
    let rev = 0;
    for (const [index, { parents, agent, patches }] of txns.entries()) {
      const author = authors[agent];
      const [patch] = patches;
      if (author === undefined || patch === undefined) throw new Error(`Transaction ${index} is not one patch.`);
      const known = Array.from({ length: numAgents }, (_, other) =>
        Math.max(0, ...parents.map((parent) => seen[parent]?.[other] ?? 0)),
      );
      author.read(Math.max(...known.filter((_, other) => other !== agent)));
      const entry = await author.send(replacement(...patch));
      if (entry !== null) {
        rev += 1;
        expect(entry.rev).toBe(rev);
        for (const other of authors) if (other !== author) other.hear(entry);
      }
      known[agent] = rev;
      seen.push(known);
    }
    const { text } = await readText(server.url, links.edit.token);
    expect({ length: text.length, sha256: sha256(text) }).toEqual({ length: 21_362, sha256: FRIENDSFOREVER_SHA256 });
    for (const { peer } of authors) peer.close();
  }, 600_000);
});

interface Entry {
  rev: number;
  op: Op;
}

/**
 * One author of the trace at its client. The client has heard the log up to its own newest entry and no further, for an
 * acknowledgement comes in the log's order: over these entries it moves its op itself, over all later ones the server does.
 */
class Author {
  readonly peer: Peer;
  #seq = 0;
  /** Revision of the own newest entry. */
  #own = 0;
  /** Entries of others that the author has not read, each as it is after all that the author has written. */
  #unread: Entry[] = [];

  constructor(peer: Peer) {
    this.peer = peer;
  }

  /** Somebody else's entry is in the log. */
  hear(entry: Entry): void {
    this.#unread.push(entry);
  }

  /** The author reads everything up to this revision. */
  read(rev: number): void {
    this.#unread = this.#unread.filter((entry) => entry.rev > rev);
    this.#own = Math.max(this.#own, rev);
  }

  /** Writes an edit of the text as the author sees it. Resolves with its entry, or null if nothing was left of it. */
  async send(made: Op): Promise<Entry | null> {
    let op = made;
    let atClient = made;
    for (const entry of this.#unread) {
      const [through, moved] = transformPair(entry.op, op);
      entry.op = through;
      op = moved;
      if (entry.rev <= this.#own) atClient = moved;
    }
    if (isIdentity(atClient)) return null;
    this.#seq += 1;
    const rev = await this.peer.submit({ t: 'op', seq: this.#seq, rev: this.#own, op: atClient });
    if (isIdentity(op)) return null;
    this.#own = rev;
    return { rev, op };
  }
}
