import { isIdentity } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { ProtocolFault } from '../../lib/protocol/index.ts';
import { textAt } from '../../server/room/history.ts';
import type { Outcome } from '../../server/room/plan.ts';
import type { Room } from '../../server/room/room.ts';
import { StorageUnavailable } from '../../server/storage/storage.ts';
import { openRoom } from '../../server/testing/callers.ts';
import { someEdit } from './edits.ts';
import type { ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { deletedBy, insertedBy, nameOf, tokensIn } from './tokens.ts';

/** How many revisions behind a program may be with its edit. */
const STALE = 12;

/** A program that reads and edits over REST: what the handlers of server/http do with a room, without HTTP. */
export class RestCaller {
  /** Requests without an answer, by the server that was asked. */
  readonly #waiting = new Map<symbol, ServerProcess>();
  readonly #stage: Stage;
  readonly #random: SeededRandom;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#random = stage.world.random('rest');
  }

  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Sends one request to `server`. It may never be answered, if the server dies. */
  ask(server: ServerProcess): void {
    const request = Symbol('request');
    this.#waiting.set(request, server);
    this.#stage.world.scheduler.stir();
    this.#request(server)
      .catch((error: unknown) => {
        // Both are answers that a program gets (503, 429 …) and may repeat.
        if (error instanceof ProtocolFault || error instanceof StorageUnavailable) return;
        this.#stage.world.fail('stumble', `A REST request failed: ${String(error)}`);
      })
      .finally(() => {
        this.#waiting.delete(request);
      });
  }

  /** A server died: what it was asked is not answered any more. */
  serverDied(server: ServerProcess): void {
    for (const [request, asked] of this.#waiting) if (asked === server) this.#waiting.delete(request);
  }

  async #request(server: ServerProcess): Promise<void> {
    const { room: links } = this.#stage;
    const lease = await openRoom(server.rooms, links.edit, 'never');
    if (!lease) return;
    try {
      if (!lease.room.exists) return;
      if (this.#random.int(4) === 0) await this.#read(server, lease.room);
      else await this.#edit(lease.room);
    } finally {
      lease.release();
    }
  }

  async #read(server: ServerProcess, room: Room): Promise<void> {
    const { ledger, world } = this.#stage;
    const rev = this.#random.int(room.rev + 1);
    const text = (await textAt(server.storage, room.id, rev)).toString();
    if (text !== ledger()?.textAt(rev))
      world.fail('P11', `GET of revision ${rev} gives another text than the log has.`);
  }

  async #edit(room: Room): Promise<void> {
    const { world, tokens, ledger, traits } = this.#stage;
    const rev = Math.max(0, room.rev - this.#random.int(STALE));
    const text = ledger()?.textAt(rev) ?? '';
    const op = someEdit(this.#random, text, traits.hot, tokens.next);
    if (isIdentity(op)) return;
    const typed = tokensIn(insertedBy(op));
    const deleted = tokensIn(deletedBy(op, text));
    const caller = `api:${this.#random.int(2)}`;
    const author = await room.author({ client: caller, person: '', name: caller, color: 12, kind: 'api', link: 0 });
    world.coverage.count('restEdits');
    world.trace(() => `rest    edits at ${rev} as author ${author}: ${JSON.stringify(op)}`);
    tokens.deleted(deleted, false);
    const outcome = await new Promise<Outcome>((done) =>
      room.submit({ kind: 'op', author, seq: 'next', rev, op, done }),
    );
    if (outcome.kind === 'refused') {
      if (outcome.fault.code.startsWith('bad-'))
        world.fail('stumble', `A REST edit is refused: ${outcome.fault.message}`);
      return;
    }
    tokens.typed(typed);
    tokens.deleted(deleted, true);
    const missing = typed.find((letter) => !ledger()?.has(letter));
    if (missing !== undefined) world.fail('P2', `A REST edit is answered, and its ${nameOf(missing)} is not on disk.`);
  }
}
