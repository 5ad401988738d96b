import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { createLog } from './log.ts';
import { stopOnSignals } from './signals.ts';

function scene(stop: () => Promise<void>) {
  const clock = new ManualClock();
  const codes: number[] = [];
  const signals = new EventEmitter();
  const target = {
    on: (signal: string, listener: (signal: NodeJS.Signals) => void) => void signals.on(signal, listener),
    exit: (code: number) => void codes.push(code),
  };
  stopOnSignals(target, clock, createLog('silent'), stop);
  const send = (signal: 'SIGTERM' | 'SIGINT') => signals.emit(signal, signal);
  return { clock, codes, send };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('[R-stop] a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s stops, and then ends with 0', async (signal) => {
    let stopped = (): void => undefined;
    const { clock, codes, send } = scene(() => new Promise((resolve) => (stopped = resolve)));
    send(signal);
    await settle();
    expect(codes).toEqual([]);
    stopped();
    await settle();
    expect(codes).toEqual([0]);
    expect(clock.pending).toBe(0);
  });

  it('ends with 1 when stopping fails', async () => {
    const { codes, send } = scene(() => Promise.reject(new Error('no')));
    send('SIGTERM');
    await settle();
    expect(codes).toEqual([1]);
  });

  it('ends with 1 before a supervisor would kill', () => {
    const { clock, codes, send } = scene(() => new Promise(() => undefined));
    send('SIGTERM');
    clock.advance(8_999);
    expect(codes).toEqual([]);
    clock.advance(1);
    expect(codes).toEqual([1]);
  });

  it('ends at once when it comes twice, and stops only once', async () => {
    let stops = 0;
    const { codes, send } = scene(() => {
      stops++;
      return new Promise(() => undefined);
    });
    send('SIGTERM');
    send('SIGINT');
    await settle();
    expect([codes, stops]).toEqual([[1], 1]);
  });
});
