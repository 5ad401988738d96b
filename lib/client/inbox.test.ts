import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/index.ts';
import { Inbox, MOST_UNITS } from './inbox.ts';

/** Items are so many steps of one millisecond each; `taken` has a letter for each step. */
function scene() {
  const clock = new ManualClock();
  const taken: string[] = [];
  let spent = 0;
  const inbox = new Inbox<{ name: string; steps: number }>(
    { now: () => clock.now() + spent, after: clock.after },
    ({ name, steps }, isOver) => {
      for (let left = steps; ; left--) {
        spent += 1;
        taken.push(name);
        if (left <= 1) return null;
        if (isOver()) return { name, steps: left - 1 };
      }
    },
  );
  return { clock, inbox, taken, said: () => taken.splice(0).join('') };
}

describe('Inbox', () => {
  it('handles at once what comes alone', () => {
    const { inbox, said, clock } = scene();
    inbox.add({ name: 'a', steps: 3 }, 1);
    expect(said()).toBe('aaa');
    inbox.add({ name: 'b', steps: 1 }, 1);
    expect(said()).toBe('b');
    expect(inbox.isEmpty).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('takes what is long in turns of 8 ms, and all that comes after waits behind it', () => {
    const { inbox, said, clock } = scene();
    inbox.add({ name: 'a', steps: 20 }, 1);
    inbox.add({ name: 'b', steps: 2 }, 1);
    expect(said()).toBe('a'.repeat(8));
    expect(inbox.isEmpty).toBe(false);
    clock.advance(0);
    // All turns that are due have run: 8, then the last 4 with both of b.
    inbox.add({ name: 'c', steps: 1 }, 1);
    expect(said()).toBe(`${'a'.repeat(12)}bbc`);
    expect(clock.pending).toBe(0);
  });

  it('rests between turns if it is to, and then takes together what came', () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    const inbox = new Inbox<string>(
      { now: clock.now, after: clock.after, restMs: 30 },
      (item) => {
        seen.push(item);
        return null;
      },
      () => seen.push('|'),
    );
    inbox.add('a', 1);
    inbox.add('b', 1);
    clock.advance(29);
    inbox.add('c', 1);
    expect(seen.join('')).toBe('a|');
    clock.advance(1);
    expect(seen.join('')).toBe('a|bc|');
    clock.advance(30);
    inbox.add('d', 1);
    expect(seen.join('')).toBe('a|bc|d|');
    inbox.add('e', MOST_UNITS + 1);
    expect(seen.join('')).toBe('a|bc|d|e|');
    expect(clock.pending).toBe(0);
  });

  it('does not rest until a clock that was set back is where it was', () => {
    let now = 1_000_000;
    const seen: string[] = [];
    const world = { now: () => now, after: () => () => undefined, restMs: 30 };
    const inbox = new Inbox<string>(world, (item) => {
      seen.push(item);
      return null;
    });
    inbox.add('a', 1);
    now = 5;
    inbox.add('b', 1);
    expect(seen).toEqual(['a', 'b']);
  });

  it('forgets what waits when it is stopped, also from within', () => {
    const { inbox, said, clock } = scene();
    inbox.add({ name: 'a', steps: 20 }, 1);
    inbox.stop();
    inbox.add({ name: 'b', steps: 1 }, 1);
    clock.advance(1_000);
    expect(said()).toBe('a'.repeat(8));
    expect(clock.pending).toBe(0);

    const own: Inbox<string> = new Inbox(clock, (item) => {
      own.stop();
      return item;
    });
    own.add('a', 1);
    expect(own.isEmpty).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('keeps the order when something arrives while another is handled', () => {
    const clock = new ManualClock();
    const taken: string[] = [];
    const inbox: Inbox<string> = new Inbox(clock, (item) => {
      if (item === 'a') inbox.add('b', 1);
      taken.push(item);
      return null;
    });
    inbox.add('a', 1);
    expect(taken).toEqual(['a', 'b']);
  });

  it('makes room at once beyond the most that may wait', () => {
    const { inbox, said, clock } = scene();
    inbox.add({ name: 'a', steps: 20 }, MOST_UNITS / 2);
    expect(said()).toBe('a'.repeat(8));
    inbox.add({ name: 'b', steps: 20 }, MOST_UNITS / 2);
    expect(said()).toBe('');
    inbox.add({ name: 'c', steps: 20 }, 1);
    expect(said()).toBe('a'.repeat(12));
    clock.advance(0);
    expect(said()).toBe('b'.repeat(20) + 'c'.repeat(20));
  });

  it('takes longer turns in a page whose timers come late, for nobody looks at it', () => {
    const clock = new ManualClock();
    let spent = 0;
    const steps: number[] = [];
    const inbox = new Inbox<number>(
      { now: () => clock.now() + spent, after: (_, run) => clock.after(1_000, run) },
      (item, isOver) => {
        let left = item;
        for (; left > 0 && !isOver(); left--) spent += 1;
        steps.push(item - left);
        return left > 0 ? left : null;
      },
    );
    inbox.add(300, 1);
    clock.advance(3_000);
    expect(steps).toEqual([8, 200, 92]);
  });
});
