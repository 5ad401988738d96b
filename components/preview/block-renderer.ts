import { applyChange } from './block-change.ts';
import type { Answer } from './preview-worker.ts';
import type { Block } from './render-blocks.ts';

/** A text that takes longer is given up, in ms: 2 MB of links take a slow machine 6 s, and nothing waits for it. */
const MOST_MS = 30_000;

export interface Rendering {
  blocks: readonly Block[];
  /** The first line of each block, counted from 0. */
  starts: ArrayLike<number>;
}

export interface BlockRenderer {
  /** Rejects if the text cannot be rendered. One at a time: the next may be asked for when the last was answered. */
  render: (text: string) => Promise<Rendering>;
  /** Ends the worker; what was asked for is never answered. */
  close: () => void;
}

/** Renders texts in a worker, so that neither a long nor a hostile one holds up a key. Unchanged blocks stay the same objects. */
export function openBlockRenderer(): BlockRenderer {
  let worker: Worker | null = null;
  let blocks: readonly Block[] = [];
  const end = () => {
    worker?.terminate();
    worker = null;
    blocks = [];
  };
  return {
    render: (text) =>
      new Promise((resolve, reject) => {
        worker ??= new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
        const fail = (reason: string) => {
          clearTimeout(timer);
          end();
          reject(new Error(reason));
        };
        const timer = setTimeout(() => fail('The text took too long to render.'), MOST_MS);
        worker.onerror = (event) => fail(event.message);
        worker.onmessage = ({ data }: MessageEvent<Answer>) => {
          if (data.kind === 'failed') return fail(data.reason);
          clearTimeout(timer);
          blocks = applyChange(blocks, data.change);
          resolve({ blocks, starts: data.change.starts });
        };
        worker.postMessage(text);
      }),
    close: end,
  };
}
