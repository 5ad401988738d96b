import { changeOf, type BlockChange } from './block-change.ts';
import { renderBlocks, type Block } from './render-blocks.ts';

export type Answer = { kind: 'change'; change: BlockChange } | { kind: 'failed'; reason: string };

/** The last rendering: the page has the same, since it takes every answer. */
let before: readonly Block[] = [];

onmessage = ({ data }: MessageEvent<string>) => {
  try {
    const rendered = renderBlocks(data);
    const change = changeOf(before, rendered);
    before = rendered.blocks;
    const answer: Answer = { kind: 'change', change };
    postMessage(answer, { transfer: [change.starts.buffer] });
  } catch (error) {
    const answer: Answer = { kind: 'failed', reason: String(error) };
    postMessage(answer);
  }
};
