import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { drain } from './drain.ts';

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function scene(settled: () => Promise<void>) {
  const clock = new ManualClock();
  const steps: string[] = [];
  const gateway = {
    announceDrain: (minMs: number, maxMs: number) => {
      expect(maxMs).toBeGreaterThan(minMs);
      steps.push('announced');
    },
    dismiss: () => void steps.push('dismissed'),
  };
  const rooms = {
    loaded: () => {
      steps.push('waits for the disk');
      return [{ settled }];
    },
    close: () => {
      steps.push('flushed');
      return Promise.resolve();
    },
  };
  const done = drain({ gateway, rooms, clock });
  return { clock, steps, done };
}

describe('draining', () => {
  it('[P5] announces first, goes on for a moment, and closes only when what was typed is on disk', async () => {
    let written = (): void => undefined;
    const { clock, steps, done } = scene(() => new Promise((resolve) => (written = resolve)));
    expect(steps).toEqual(['announced']);
    clock.advance(499);
    await settle();
    expect(steps).toEqual(['announced']);
    clock.advance(1);
    await settle();
    expect(steps).toEqual(['announced', 'waits for the disk']);
    written();
    await done;
    expect(steps).toEqual(['announced', 'waits for the disk', 'dismissed', 'flushed']);
  });

  it('does not wait for a disk that does not answer', async () => {
    const { clock, steps, done } = scene(() => new Promise(() => undefined));
    clock.advance(500);
    await settle();
    clock.advance(2_000);
    await done;
    expect(steps).toEqual(['announced', 'waits for the disk', 'dismissed', 'flushed']);
  });
});
