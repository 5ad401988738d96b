import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bus } from './bus.ts';

export interface OpenedBuses {
  /** Three nodes, all up. */
  buses: readonly Bus[];
  /** Bytes of the largest message. */
  busMessage: number;
  /** Resolves when `bus` hears what is published on `channel` from now on. */
  subscribed(bus: Bus, channel: string): Promise<void>;
  /** Called after each test. */
  done(): Promise<void>;
}

/** What every engine promises while it is up. `open` gives nodes that nobody has used. */
export function describeBus(name: string, open: () => Promise<OpenedBuses>): void {
  describe(`${name}: bus contract`, () => {
    let opened: OpenedBuses;
    let one: Bus;
    let two: Bus;
    let three: Bus;

    beforeEach(async () => {
      opened = await open();
      const [first, second, third] = opened.buses;
      if (!first || !second || !third) throw new Error('The contract takes three nodes.');
      [one, two, three] = [first, second, third];
    });

    afterEach(() => opened.done());

    /** What `bus` hears on `channel`, from now on. */
    async function hearing(bus: Bus, channel: string): Promise<{ heard: [string, string][]; stop: () => void }> {
      const heard: [string, string][] = [];
      const stop = bus.subscribe(channel, (message, node) => heard.push([message, node]));
      await opened.subscribed(bus, channel);
      return { heard, stop };
    }

    it('brings a message to all others that listen to its channel, with the name of its node', async () => {
      const [a, b, elsewhere] = [
        await hearing(two, 'room:a'),
        await hearing(three, 'room:a'),
        await hearing(three, 'room:b'),
      ];
      one.publish('room:a', 'hello');
      two.publish('room:a', 'and from me');
      one.publish('room:b', 'last');
      await vi.waitFor(() => expect(elsewhere.heard).toEqual([['last', one.node]]));
      await vi.waitFor(() => expect(b.heard).toHaveLength(2));
      expect(b.heard).toContainEqual(['hello', one.node]);
      expect(b.heard).toContainEqual(['and from me', two.node]);
      expect(a.heard).toEqual([['hello', one.node]]);
    });

    it('has another name for each node', () => {
      expect(new Set([one.node, two.node, three.node]).size).toBe(3);
    });

    it('lets no node hear itself', async () => {
      const { heard } = await hearing(one, 'a');
      const there = await hearing(two, 'a');
      one.publish('a', 'mine');
      await vi.waitFor(() => expect(there.heard).toEqual([['mine', one.node]]));
      two.publish('a', 'yours');
      await vi.waitFor(() => expect(heard).toEqual([['yours', two.node]]));
    });

    it('keeps the order of one sender', async () => {
      const { heard } = await hearing(two, 'a');
      const messages = Array.from({ length: 500 }, (_, index) => String(index));
      for (const message of messages) one.publish('a', message);
      await vi.waitFor(() => expect(heard).toHaveLength(500));
      expect(heard.map(([message]) => message)).toEqual(messages);
    });

    it('brings every unit of a message, and of a channel', async () => {
      const odd = 'room:\0 "é漢😀\r\n\u2028 *?[a]';
      const { heard } = await hearing(two, odd);
      const messages = ['', ' ', '\0', 'a\nb\r\n', '{"é":"漢😀"}', '\u2028\\"', 'x'.repeat(opened.busMessage)];
      for (const message of messages) one.publish(odd, message);
      await vi.waitFor(() => expect(heard).toHaveLength(messages.length));
      expect(heard.map(([message]) => message)).toEqual(messages);
    });

    it('[P9] drops and counts a message that is too large, and goes on', async () => {
      const { heard } = await hearing(two, 'a');
      one.publish('a', 'x'.repeat(opened.busMessage + 1));
      one.publish('a', 'é'.repeat(Math.floor(opened.busMessage / 2) + 1));
      expect(one.dropped).toBe(2);
      one.publish('a', 'small');
      await vi.waitFor(() => expect(heard).toEqual([['small', one.node]]));
      expect(one.dropped).toBe(2);
    });

    it('never tells within the call that caused it', async () => {
      const heard: string[] = [];
      let calling = false;
      const answering = (bus: Bus) => (message: string) => {
        expect(calling).toBe(false);
        heard.push(message);
        calling = true;
        if (heard.length < 10) bus.publish('a', `${message}.`);
        calling = false;
      };
      one.subscribe('a', answering(one));
      await opened.subscribed(one, 'a');
      calling = true;
      two.subscribe('a', answering(two));
      calling = false;
      await opened.subscribed(two, 'a');
      calling = true;
      one.publish('a', 'x');
      calling = false;
      await vi.waitFor(() => expect(heard).toHaveLength(10));
      expect(heard.at(-1)).toBe('x.........');
    });

    it('tells every listener of a channel, and each until it stops', async () => {
      const first = await hearing(two, 'a');
      const second = await hearing(two, 'a');
      one.publish('a', '1');
      await vi.waitFor(() => expect(second.heard).toHaveLength(1));
      first.stop();
      first.stop();
      one.publish('a', '2');
      await vi.waitFor(() => expect(second.heard).toHaveLength(2));
      expect(first.heard.map(([message]) => message)).toEqual(['1']);
    });

    it('takes the same function twice as two listeners', async () => {
      const hear = vi.fn<(message: string) => void>();
      const stop = two.subscribe('a', hear);
      two.subscribe('a', hear);
      const fence = await hearing(two, 'a');
      one.publish('a', '1');
      await vi.waitFor(() => expect(fence.heard).toHaveLength(1));
      expect(hear).toHaveBeenCalledTimes(2);
      stop();
      one.publish('a', '2');
      await vi.waitFor(() => expect(fence.heard).toHaveLength(2));
      expect(hear).toHaveBeenCalledTimes(3);
    });

    it('tells nothing to a listener that another one has just stopped', async () => {
      const late = vi.fn<(message: string) => void>();
      let stopLate = (): void => {};
      const { heard } = await hearing(two, 'a');
      two.subscribe('a', () => stopLate());
      stopLate = two.subscribe('a', late);
      one.publish('a', '1');
      await vi.waitFor(() => expect(heard).toHaveLength(1));
      expect(late).not.toHaveBeenCalled();
    });

    it('hears again after stopping, however quickly', async () => {
      const stops = Array.from({ length: 5 }, () => {
        const stop = two.subscribe('a', () => {});
        stop();
        return stop;
      });
      const { heard } = await hearing(two, 'a');
      // Of subscriptions that ended: not this one's.
      for (const stop of stops) stop();
      const fence = await hearing(two, 'b');
      one.publish('a', '1');
      one.publish('b', '1');
      await vi.waitFor(() => expect(fence.heard).toHaveLength(1));
      expect(heard).toEqual([['1', one.node]]);
    });

    it('listens to a thousand channels at once', async () => {
      const names = Array.from({ length: 1_000 }, (_, index) => `room:${index}`);
      const heard = new Set<string>();
      for (const name of names) two.subscribe(name, (message) => heard.add(`${name} ${message}`));
      await Promise.all(names.map((name) => opened.subscribed(two, name)));
      for (const name of names) one.publish(name, name);
      await vi.waitFor(() => expect(heard.size).toBe(1_000), 5_000);
      expect(heard).toEqual(new Set(names.map((name) => `${name} ${name}`)));
    });

    it('hears and sends nothing after it was closed, and closes twice', async () => {
      const [there, here] = [await hearing(one, 'a'), await hearing(two, 'a')];
      const fence = await hearing(three, 'a');
      await two.close();
      await two.close();
      expect(two.up).toBe(false);
      two.publish('a', 'from the dead');
      expect(two.dropped).toBe(1);
      const afterwards = vi.fn<(message: string) => void>();
      two.subscribe('a', afterwards)();
      two.subscribe('a', afterwards);
      one.publish('a', '1');
      await vi.waitFor(() => expect(fence.heard).toEqual([['1', one.node]]));
      three.publish('a', '2');
      await vi.waitFor(() => expect(there.heard).toEqual([['2', three.node]]));
      expect(here.heard).toEqual([]);
      expect(afterwards).not.toHaveBeenCalled();
    });

    it('is up, and has dropped nothing', () => {
      expect(opened.buses.map(({ up, dropped }) => [up, dropped])).toEqual([
        [true, 0],
        [true, 0],
        [true, 0],
      ]);
    });
  });
}
