import type { Block, Rendered } from './render-blocks.ts';

/** How one rendering becomes the next: what lies between `kept` blocks at the beginning and `keptAtEnd` is new. */
export interface BlockChange {
  kept: number;
  keptAtEnd: number;
  blocks: Block[];
  /** The first line of each block of the whole new rendering. */
  starts: Int32Array<ArrayBuffer>;
}

export function changeOf(before: readonly Block[], { blocks, starts }: Rendered): BlockChange {
  const most = Math.min(before.length, blocks.length);
  let kept = 0;
  while (kept < most && same(before[kept], blocks[kept])) kept += 1;
  let keptAtEnd = 0;
  while (keptAtEnd < most - kept && same(before.at(-1 - keptAtEnd), blocks.at(-1 - keptAtEnd))) keptAtEnd += 1;
  return { kept, keptAtEnd, blocks: blocks.slice(kept, blocks.length - keptAtEnd), starts: Int32Array.from(starts) };
}

/** The blocks after `change`; the very objects of `before` where they stayed, so that they can be told by identity. */
export function applyChange(before: readonly Block[], { kept, keptAtEnd, blocks }: BlockChange): Block[] {
  return [...before.slice(0, kept), ...blocks, ...before.slice(before.length - keptAtEnd)];
}

function same(one: Block | undefined, other: Block | undefined): boolean {
  return one !== undefined && other !== undefined && one.lines === other.lines && one.html === other.html;
}
