import type { InitialRoom } from '../../lib/client/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { someEdit, somePaste } from './edits.ts';
import { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { SMALL_MESSAGE } from './traits.ts';
import { oneIn, waitAround } from './world.ts';

/** One in so many edits is a paste. */
const PASTE_ONE_IN = 150;
/** Letters of their own in a paste. */
const PASTE = 40;

/** Everybody at a screen: who opens tabs, types in them, and closes them again. */
export class People {
  readonly screens: Screen[] = [];
  readonly #stage: Stage;
  readonly #random: SeededRandom;
  #opened = 0;
  #typing = true;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#random = stage.world.random('people');
  }

  /** Opens a tab; somebody types in it from then on. */
  open(viewer = false): Screen {
    const { traits } = this.#stage;
    const name = `${viewer ? 'viewer' : 'screen'}-${++this.#opened}`;
    const initial = this.#initial(viewer);
    const fresh = traits.start === 'fresh' && this.#stage.ledger() === null;
    const screen = new Screen(this.#stage, {
      name,
      viewer,
      offline: false,
      ...(initial && { initial }),
      ...(fresh && { create: { owner: this.#stage.room.owner, view: this.#stage.room.view } }),
    });
    this.#stage.world.trace(() => `${name} opens${initial ? ` with revision ${initial.rev}` : ''}`);
    this.screens.push(screen);
    if (!viewer) this.#typeLater(screen);
    return screen;
  }

  /** A tab opened on the page as it was long ago, with no network yet. */
  openStale(rev: number): Screen {
    const ledger = this.#stage.ledger();
    const screen = new Screen(this.#stage, {
      name: `stale-${++this.#opened}`,
      viewer: false,
      offline: true,
      ...(ledger && { initial: { ...pageAt(rev, ledger.textAt(rev) ?? '', ledger.epoch), role: 'edit' } }),
    });
    this.screens.push(screen);
    this.#typeLater(screen);
    return screen;
  }

  close(screen: Screen): void {
    this.#stage.world.trace(() => `${screen.name} closes`);
    screen.close();
    this.screens.splice(this.screens.indexOf(screen), 1);
  }

  /** From now on nobody types. */
  rest(): void {
    this.#typing = false;
  }

  /** What the page was rendered with: now, a while ago, or nothing. */
  #initial(viewer: boolean): InitialRoom | null {
    const ledger = this.#stage.ledger();
    if (!ledger || oneIn(this.#random, 3)) return null;
    const rev = oneIn(this.#random, 2) ? ledger.head : this.#random.int(ledger.head + 1);
    // A page shows nobody a revision that is not on disk, and so raises what counts as shown.
    return { ...pageAt(rev, ledger.textAt(rev) ?? '', ledger.epoch), role: viewer ? 'view' : 'edit' };
  }

  #typeLater(screen: Screen): void {
    const { world, traits } = this.#stage;
    world.scheduler.after(waitAround(this.#random, traits.typeEveryMs * traits.screens), () => {
      if (screen.closed || !this.#typing) return;
      if (screen.canEdit) this.#type(screen);
      this.#typeLater(screen);
    });
  }

  #type(screen: Screen): void {
    const { tokens, traits, world } = this.#stage;
    const random = this.#random;
    if (oneIn(random, PASTE_ONE_IN)) {
      world.coverage.count('pastes');
      if (traits.limits.advertised.message === SMALL_MESSAGE) world.coverage.count('splitEdits');
      return screen.edit(somePaste(random, screen.text, 1 + random.int(PASTE), tokens.next));
    }
    screen.edit(someEdit(random, screen.text, traits.hot, tokens.next));
    if (oneIn(random, 6)) screen.client.select([[0, screen.text.length]]);
  }
}

function pageAt(rev: number, text: string, epoch: string): Omit<InitialRoom, 'role'> {
  return { text, rev, epoch, title: '', language: 'Markdown' };
}
