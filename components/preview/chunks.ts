/**
 * Blocks stand in chunks, which browsers lay out only when they come near: tens of thousands of blocks with that
 * bookkeeping each would cost more than it saves.
 */
const MOST_BLOCKS = 64;

/** Puts `blocks` behind `previous`, or at the beginning of `parent`. */
export function insertBlocks(parent: HTMLElement, previous: HTMLElement | null, blocks: readonly HTMLElement[]): void {
  let chunk = previous?.parentElement ?? null;
  if (chunk === null) {
    chunk = newChunk();
    parent.prepend(chunk);
  } else if (previous !== null && chunk.childElementCount + blocks.length > MOST_BLOCKS) {
    splitBehind(chunk, previous);
  }
  let before = previous?.nextSibling ?? null;
  for (const block of blocks) {
    if (chunk.childElementCount >= MOST_BLOCKS) {
      const next = newChunk();
      chunk.after(next);
      chunk = next;
      before = null;
    }
    chunk.insertBefore(block, before);
  }
}

/** Takes a block away, and its chunk if that was the last in it. */
export function removeBlock(block: HTMLElement): void {
  const chunk = block.parentElement;
  block.remove();
  if (chunk?.childElementCount === 0) chunk.remove();
}

function newChunk(): HTMLElement {
  const chunk = document.createElement('div');
  chunk.className = 'chunk';
  return chunk;
}

/** What follows `last` in its chunk gets one of its own. */
function splitBehind(chunk: HTMLElement, last: HTMLElement): void {
  if (last.nextSibling === null) return;
  const rest = newChunk();
  while (last.nextSibling !== null) rest.append(last.nextSibling);
  chunk.after(rest);
}
