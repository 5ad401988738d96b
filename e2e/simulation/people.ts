import type { InitialRoom, KeptRoom } from '../../lib/client/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { Device, type Death } from './device.ts';
import { someEdit, somePaste } from './edits.ts';
import { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { SMALL_MESSAGE } from './traits.ts';
import { oneIn, waitAround } from './world.ts';

/** One in so many edits is a paste. */
const PASTE_ONE_IN = 150;
/** After one in so many somebody selects something. */
const SELECT_ONE_IN = 20;
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

  /** Opens a tab; somebody types in it from then on. `before`: the tab that was there, and what its journal has. */
  open(viewer = false, before?: { of: Screen; kept: KeptRoom }): Screen {
    const { traits, world, room } = this.#stage;
    const name = `${viewer ? 'viewer' : 'screen'}-${++this.#opened}`;
    const initial = this.#initial(viewer);
    const fresh = traits.start === 'fresh' && this.#stage.ledger() === null;
    const screen = new Screen(this.#stage, {
      name,
      viewer,
      offline: false,
      device: before?.of.device ?? (traits.journal ? new Device(world, world.random(`device ${name}`)) : null),
      ...(initial && { initial }),
      ...(fresh && { create: { owner: room.owner, view: room.view } }),
      ...(before && { heir: before }),
    });
    world.trace(
      () => `${name} opens${initial ? ` with revision ${initial.rev}` : ''}${before ? ` as ${before.of.name}` : ''}`,
    );
    if (before) world.coverage.count('takenOver');
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
      device: null,
      ...(ledger && { initial: { ...pageAt(rev, ledger.textAt(rev) ?? '', ledger.epoch), role: 'edit' } }),
    });
    this.screens.push(screen);
    this.#typeLater(screen);
    return screen;
  }

  /** Ends a tab, and opens another in its place: mostly in the same browser, which goes on with what its journal has. */
  replace(screen: Screen, how: 'closed' | Death): void {
    this.#stage.world.trace(() => `${screen.name} ends: ${how}`);
    const kept = screen.end(how);
    this.screens.splice(this.screens.indexOf(screen), 1);
    const goesOn = kept !== null && !oneIn(this.#random, 6);
    if (!goesOn) screen.abandon();
    this.open(screen.viewer, goesOn ? { of: screen, kept } : undefined);
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
    if (oneIn(random, SELECT_ONE_IN)) screen.client.select([[0, screen.text.length]]);
  }
}

function pageAt(rev: number, text: string, epoch: string): Omit<InitialRoom, 'role'> {
  return { text, rev, epoch, title: '', language: 'Markdown' };
}
