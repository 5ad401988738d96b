import { expect, it, vi } from 'vitest';
import { describeBus } from './bus-contract.ts';
import { createLocalBuses, LocalHub } from './local-bus.ts';

const busMessage = 10_000;

describeBus('within the process', () =>
  Promise.resolve({
    buses: createLocalBuses(3, { busMessage }),
    busMessage,
    subscribed: () => Promise.resolve(),
    done: () => Promise.resolve(),
  }),
);

it('lets a node come later, and under the name of one that left', () => {
  const turns: (() => void)[] = [];
  const hub = new LocalHub({ defer: (run) => turns.push(run) });
  const [first, other] = [hub.join('a'), hub.join('b')];
  void first.close();
  const again = hub.join('a');
  const heard = vi.fn<(message: string, node: string) => void>();
  again.subscribe('room', heard);
  other.publish('room', 'welcome back');
  expect(heard).not.toHaveBeenCalled();
  for (const run of turns) run();
  expect(heard.mock.calls).toEqual([['welcome back', 'b']]);
});

it('tells the others although a listener throws', () => {
  const turns: (() => void)[] = [];
  const failed = vi.fn<(error: unknown) => void>();
  const hub = new LocalHub({ defer: (run) => turns.push(run), failed });
  const [from, to] = [hub.join('a'), hub.join('b')];
  const fault = new Error('a bug of somebody');
  const heard = vi.fn<(message: string) => void>();
  to.subscribe('room', () => {
    throw fault;
  });
  to.subscribe('room', heard);
  from.publish('room', 'x');
  for (const run of turns) run();
  expect(failed.mock.calls).toEqual([[fault]]);
  expect(heard).toHaveBeenCalledTimes(1);
});
