import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { Turnstile } from './turnstile.ts';

/** A turnstile with a pause of 3 ms, and the names of those who came through. */
function scene(most = 100, atOnce = 1) {
  const clock = new ManualClock();
  const turnstile = new Turnstile(clock, 3, most, atOnce);
  const entered: string[] = [];
  const gone = new Set<string>();
  const come = (name: string, address = name): boolean =>
    turnstile.queue(address, () => {
      if (gone.has(name)) return false;
      entered.push(name);
      return true;
    });
  return { clock, turnstile, entered, gone, come };
}

describe('[P9] newcomers', () => {
  it('come in at once while few come', () => {
    const { clock, entered, come } = scene();
    come('a');
    clock.advance(3);
    come('b');
    expect(entered).toEqual(['a', 'b']);
  });

  it('come in together if they are a few, and then as many again after as many pauses', () => {
    const { clock, turnstile, entered, come } = scene(100, 3);
    for (const name of ['a', 'b', 'c']) come(name);
    expect(entered).toEqual(['a', 'b', 'c']);
    expect(clock.pending).toBe(0);
    clock.advance(6);
    for (const name of ['d', 'e', 'f']) come(name);
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(turnstile.waiting).toBe(1);
    clock.advance(3);
    expect(entered).toHaveLength(6);
  });

  it('do not come in together when a crowd has just come in', () => {
    const { clock, entered, come } = scene(100, 3);
    for (let n = 0; n < 20; n++) come(`crowd ${n}`);
    clock.advance(18 * 3);
    expect(entered).toHaveLength(20);
    for (const name of ['a', 'b', 'c']) come(name);
    expect(entered).toHaveLength(21);
  });

  it('come in one after another, with a pause between', () => {
    const { clock, turnstile, entered, come } = scene();
    for (const name of ['a', 'b', 'c', 'd']) come(name);
    expect(entered).toEqual(['a']);
    clock.advance(2);
    expect(entered).toEqual(['a']);
    clock.advance(1);
    expect(entered).toEqual(['a', 'b']);
    clock.advance(6);
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
    expect(turnstile.waiting).toBe(0);
    clock.advance(3);
    expect(clock.pending).toBe(0);
  });

  it('of one address do not keep out those of another', () => {
    const { clock, entered, come } = scene();
    for (let n = 0; n < 50; n++) come(`crowd ${n}`, 'one address');
    come('somebody', 'another');
    clock.advance(6);
    expect(entered).toEqual(['crowd 0', 'crowd 1', 'somebody']);
    clock.advance(48 * 3);
    expect(entered).toHaveLength(51);
  });

  it('are told at once when too many wait', () => {
    const { clock, entered, come } = scene(2);
    expect(['a', 'b', 'c', 'd'].map((name) => come(name))).toEqual([true, true, true, false]);
    clock.advance(30);
    expect(entered).toEqual(['a', 'b', 'c']);
  });

  it('who have gone meanwhile keep nobody waiting', () => {
    const { clock, turnstile, entered, gone, come } = scene();
    for (const name of ['a', 'b', 'c', 'd', 'e']) come(name);
    for (const name of ['b', 'c', 'e']) gone.add(name);
    clock.advance(3);
    expect(entered).toEqual(['a', 'd']);
    clock.advance(3);
    expect(turnstile.waiting).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('are forgotten when it stops', () => {
    const { clock, turnstile, entered, come } = scene();
    come('a');
    come('b');
    turnstile.stop();
    clock.advance(30);
    expect(entered).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });
});
