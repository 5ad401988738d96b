import type { Rendering } from './block-renderer.ts';
import { insertBlocks, removeBlock } from './chunks.ts';
import { cleanHtml } from './clean-html.ts';
import { dressBlock, dressNow } from './dress-block.ts';
import type { Block } from './render-blocks.ts';
import { lookOfPage } from '../ui/look.ts';

/** How long blocks are made in one go, in ms: half a frame, so that a key never waits. */
const SLICE_MS = 8;
/** How near to the window a block is dressed, in CSS pixels. */
const NEAR = '800px';

interface Drawn {
  block: Block;
  element: HTMLElement;
}

export interface BlockPage {
  /** Brings the page to this rendering, the blocks near its beginning first; only what changed is made anew. */
  show: (rendering: Rendering) => void;
  /** Makes diagrams anew, for another look. */
  redress: () => void;
  /** The element of each block that is there, in order, with its first line and how many lines it has. */
  places: () => { element: HTMLElement; from: number; lines: number }[];
  close: () => void;
}

/** Keeps `parent` as the rendered text. `finish` is called for each new block, and `onShown` whenever everything is there. */
export function openBlockPage(
  parent: HTMLElement,
  { finish, onShown }: { finish: (element: HTMLElement) => void; onShown: () => void },
): BlockPage {
  const drawn: Drawn[] = [];
  let wanted: Rendering = { blocks: [], starts: [] };
  let turn: ReturnType<typeof setTimeout> | null = null;
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        near.unobserve(target);
        void dressBlock(target, { look: lookOfPage(), goal: 'page' });
      }
    },
    { root: parent.parentElement, rootMargin: NEAR },
  );

  const make = (block: Block, replaced: HTMLElement | undefined): Drawn => {
    const element = document.createElement('div');
    element.className = 'block';
    element.dir = 'auto';
    element.append(cleanHtml(block.html));
    finish(element);
    if (!dressNow(element, { look: lookOfPage(), goal: 'page' })) {
      if (replaced !== undefined) keepPictures(replaced, element);
      near.observe(element);
    }
    return { block, element };
  };

  const work = () => {
    turn = null;
    const end = performance.now() + SLICE_MS;
    const { blocks } = wanted;
    let from = 0;
    while (from < blocks.length && drawn[from]?.block === blocks[from]) from += 1;
    let kept = 0;
    const most = Math.min(drawn.length, blocks.length) - from;
    while (kept < most && drawn[drawn.length - 1 - kept]?.block === blocks[blocks.length - 1 - kept]) kept += 1;
    const gone = drawn.splice(from, drawn.length - kept - from);
    const fresh: Drawn[] = [];
    const to = blocks.length - kept;
    let at = from;
    for (; at < to && (fresh.length === 0 || performance.now() < end); at += 1) {
      const block = blocks[at];
      if (block !== undefined) fresh.push(make(block, gone[at - from]?.element));
    }
    const behind = gone.at(-1)?.element ?? drawn[from - 1]?.element ?? null;
    insertBlocks(
      parent,
      behind,
      fresh.map(({ element }) => element),
    );
    for (const { element } of gone) {
      near.unobserve(element);
      removeBlock(element);
    }
    drawn.splice(from, 0, ...fresh);
    if (at < to) turn = setTimeout(work);
    else onShown();
  };

  return {
    show(rendering) {
      wanted = rendering;
      if (turn === null) work();
    },
    redress() {
      for (const one of drawn) {
        if (one.element.querySelector('.diagram') === null) continue;
        const again = make(one.block, one.element);
        one.element.replaceWith(again.element);
        one.element = again.element;
      }
    },
    places: () =>
      // While blocks are missing, what is there begins and ends as what is wanted does.
      drawn.map(({ element, block }, index) => {
        const same = wanted.blocks[index] === block;
        const at = same ? index : wanted.blocks.length - (drawn.length - index);
        return { element, from: wanted.starts[at] ?? 0, lines: block.lines };
      }),
    close() {
      if (turn !== null) clearTimeout(turn);
      near.disconnect();
      parent.replaceChildren();
    },
  };
}

/** While a diagram is drawn anew, the one before stands in its place. */
function keepPictures(before: HTMLElement, after: HTMLElement): void {
  const pictures = before.querySelectorAll<HTMLImageElement>('.diagram > img');
  after.querySelectorAll<HTMLElement>('.diagram').forEach((diagram, index) => {
    const picture = pictures[index];
    if (picture === undefined) return;
    diagram.classList.add('redrawn');
    diagram.append(picture.cloneNode());
  });
}
