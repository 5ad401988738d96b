import type { SeededRandom } from '../../lib/testing/index.ts';
import { someEdit } from './edits.ts';
import type { Stage } from './stage.ts';
import type { YjsTraits } from './traits.ts';
import { oneIn, waitAround } from './world.ts';
import { YjsScreen } from './yjs-screen.ts';

/** How often it is looked whether the room is there already, in ms. */
const LOOK_MS = 250;
/** In the beginning they come within this long, in ms, if not all at once. */
const COME_WITHIN_MS = 4_000;

/** Everybody with a stock Yjs client: who opens one, types there, and closes it again. */
export class YjsPeople {
  readonly screens: YjsScreen[] = [];
  readonly #stage: Stage;
  readonly #traits: YjsTraits;
  readonly #random: SeededRandom;
  #opened = 0;
  /** Those that are still to come. */
  #expected = 0;
  #typing = true;

  constructor(stage: Stage, traits: YjsTraits) {
    this.#stage = stage;
    this.#traits = traits;
    this.#random = stage.world.random('yjs people');
    const together = oneIn(this.#random, 2);
    const first = this.#random.next() * COME_WITHIN_MS;
    for (let left = traits.screens; left > 0; left--) {
      this.#expect(together ? first : this.#random.next() * COME_WITHIN_MS, false);
    }
    if (traits.viewer && stage.traits.start !== 'named') this.#expect(first, true);
  }

  get complete(): boolean {
    return this.#expected === 0;
  }

  open(viewer = false, heir?: { of: YjsScreen; kept: Uint8Array }): YjsScreen {
    const name = `yjs-${++this.#opened}`;
    const { world } = this.#stage;
    world.trace(() => `${name} opens${heir ? ` as ${heir.of.name}` : ''}`);
    const traits = this.#traits;
    const screen = new YjsScreen(this.#stage, { name, viewer, traits, offline: false, ...(heir && { heir }) });
    this.screens.push(screen);
    if (!viewer) this.#typeLater(screen);
    return screen;
  }

  /** Ends a tab, and opens another in its place: mostly in the same browser, which may have kept the Y.Doc. */
  replace(screen: YjsScreen, how: 'closed' | 'killed'): void {
    const { world } = this.#stage;
    world.trace(() => `${screen.name} ends: ${how}`);
    world.coverage.count('yjsReplaced');
    const kept = screen.keep();
    screen.end(how);
    this.screens.splice(this.screens.indexOf(screen), 1);
    const goesOn = oneIn(this.#random, 2);
    if (goesOn) world.coverage.count('yjsTakenOver');
    else screen.abandon();
    this.open(screen.viewer, goesOn ? { of: screen, kept } : undefined);
  }

  /** From now on nobody types. */
  rest(): void {
    this.#typing = false;
  }

  #expect(ms: number, viewer: boolean): void {
    this.#expected++;
    const look = (): void => {
      const { ledger, traits } = this.#stage;
      // An address that nobody has given away yet is known to nobody; a name anybody may think of.
      if (!ledger() && (viewer || traits.start !== 'named')) {
        this.#stage.world.scheduler.after(LOOK_MS, look);
        return;
      }
      this.#expected--;
      this.open(viewer);
    };
    this.#stage.world.scheduler.after(ms, look);
  }

  #typeLater(screen: YjsScreen): void {
    const { world, traits } = this.#stage;
    const everybody = traits.screens + this.#traits.screens;
    world.scheduler.after(waitAround(this.#random, traits.typeEveryMs * everybody), () => {
      if (screen.closed || !this.#typing) return;
      if (screen.canEdit) this.#type(screen);
      this.#typeLater(screen);
    });
  }

  #type(screen: YjsScreen): void {
    const { tokens, traits, world } = this.#stage;
    const random = this.#random;
    const { text, doc } = screen;
    switch (random.int(24)) {
      case 0:
        world.coverage.count('yjsReturns');
        return screen.run(() => text.insert(this.#place(text.toJSON()), random.pick(['\r', '\r\n', 'a\rb\r\r'])));
      case 1: {
        world.coverage.count('yjsFormats');
        // A half of a pair would be torn here and, if nothing had to be formatted, nowhere else.
        const [from = 0, to = 0] = [this.#place(text.toJSON()), this.#place(text.toJSON())].toSorted((a, b) => a - b);
        const bold = random.pick([true, null]);
        return screen.run(() => text.format(from, to - from, { bold }));
      }
      case 2:
        world.coverage.count('yjsOtherRoots');
        return screen.run(() => {
          doc.getMap('other').set(random.pick(['a', 'b']), random.int(100));
          doc.getText('notes').insert(0, 'note');
        });
      case 3:
        world.coverage.count('yjsEmbeds');
        return screen.run(() => text.insertEmbed(this.#place(text.toJSON()), { image: 'x' }));
      case 4:
        return screen.select([this.#place(text.toJSON()), text.length]);
      default:
        return screen.edit(someEdit(random, text.toJSON(), traits.hot, tokens.next));
    }
  }

  /** Somewhere between two letters. */
  #place(text: string): number {
    const at = this.#random.int(text.length + 1);
    const unit = text.charCodeAt(at);
    return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
  }
}
