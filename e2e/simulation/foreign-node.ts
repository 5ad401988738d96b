import { isIdentity } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { frozenEntry } from './disk.ts';
import { someEdit } from './edits.ts';
import type { Stage } from './stage.ts';
import { deletedBy, insertedBy, tokensIn } from './tokens.ts';
import { waitAround } from './world.ts';

/** Another server on the same storage, which appends to the room's log behind our server's back, honestly. */
export class ForeignNode {
  /** It has written something. */
  wrote = false;
  readonly #stage: Stage;
  readonly #random: SeededRandom;
  #resting = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#random = stage.world.random('foreign node');
    if (stage.traits.foreignEveryMs > 0) this.#later();
  }

  rest(): void {
    this.#resting = true;
  }

  #later(): void {
    const { world, traits } = this.#stage;
    world.scheduler.after(waitAround(this.#random, traits.foreignEveryMs), () => {
      if (this.#resting) return;
      this.#write();
      this.#later();
    });
  }

  #write(): void {
    const { disk, tokens, traits, world, roomId } = this.#stage;
    const ledger = this.#stage.ledger();
    if (!ledger) return;
    const op = someEdit(this.#random, ledger.text, traits.hot, tokens.next);
    if (isIdentity(op)) return;
    const { author, last } = disk.state.openAuthor(roomId(), {
      client: 'api:elsewhere',
      person: '',
      name: 'Elsewhere',
      color: 1,
      kind: 'api',
      link: 0,
    });
    tokens.typed(tokensIn(insertedBy(op)));
    tokens.deleted(tokensIn(deletedBy(op, ledger.text)), true);
    const seq = (last?.seq ?? 0) + 1;
    const entry = frozenEntry({ rev: ledger.head + 1, author, seq, at: Math.floor(world.scheduler.now), op });
    disk.state.append(roomId(), { entries: [entry], settled: [] });
    world.coverage.count('foreignEntries');
    this.wrote = true;
  }
}
