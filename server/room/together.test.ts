import { describe, expect, it } from 'vitest';
import { someEntries } from '../storage/contract/samples.ts';
import { Together, type TurnOf } from './together.ts';

describe('Together', () => {
  function scene(durable: (room: string) => boolean) {
    const written: string[][] = [];
    const runs: (() => void)[] = [];
    const together = new Together(
      (batches) => {
        written.push(batches.map(({ room }) => room));
        return batches.map(({ room }) => durable(room));
      },
      (run) => runs.push(run),
    );
    const done: [room: string, isDurable: boolean][] = [];
    const turn = (room: string, wants = true): TurnOf => ({
      prepare: () => (wants ? { room, batch: { entries: someEntries(1, 1), settled: [] } } : null),
      done: (isDurable) => done.push([room, isDurable]),
    });
    return { together, written, done, turn, go: () => runs.splice(0).forEach((run) => run()) };
  }

  it('writes what all rooms of a turn want at once, and tells each whether it is durable', () => {
    const { together, written, done, turn, go } = scene((room) => room !== 'b');
    for (const room of ['a', 'b', 'c']) together.join(turn(room));
    expect(written).toEqual([]);
    go();
    expect(written).toEqual([['a', 'b', 'c']]);
    expect(done).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
  });

  it('writes nothing for rooms that want nothing, and begins anew with each turn', () => {
    const { together, written, done, turn, go } = scene(() => true);
    together.join(turn('a', false));
    go();
    expect([written, done]).toEqual([[], []]);
    together.join(turn('b'));
    go();
    expect(written).toEqual([['b']]);
  });
});
