import { expect, it } from 'vitest';
import { FrameQueue } from './frame-queue.ts';

const frame = (length: number): Uint8Array => new Uint8Array(length);

it('gives frames in their order, each once', () => {
  const queue = new FrameQueue(3, 100);
  const frames = [frame(1), frame(2), frame(3)];
  for (const one of frames) expect(queue.push(one)).toBe(true);
  for (const one of frames) {
    expect(queue.first).toBe(one);
    queue.shift();
  }
  expect(queue.first).toBeUndefined();
});

it('[P9] takes no more than it may, by count and by bytes, and again when some have gone', () => {
  const byCount = new FrameQueue(2, 100);
  expect([1, 1, 1].map((length) => byCount.push(frame(length)))).toEqual([true, true, false]);
  byCount.shift();
  expect(byCount.push(frame(1))).toBe(true);
  expect(byCount.push(frame(1))).toBe(false);

  const byBytes = new FrameQueue(10, 100);
  expect([60, 40, 1].map((length) => byBytes.push(frame(length)))).toEqual([true, true, false]);
  byBytes.shift();
  expect(byBytes.push(frame(61))).toBe(false);
  expect(byBytes.push(frame(60))).toBe(true);
});

it('has a place for one frame, however large, when nothing else waits', () => {
  const queue = new FrameQueue(10, 100);
  expect(queue.push(frame(1_000))).toBe(true);
  expect(queue.push(frame(1))).toBe(false);
  queue.shift();
  expect(queue.push(frame(1))).toBe(true);
});
