import { expect, it } from 'vitest';
import { askWho, type Channel } from './ask-who.ts';

/** Pages of one browser: a channel between them, timers that a test lets run, and awakenings. */
function browser() {
  const channels = new Set<Channel>();
  const timers: (() => void)[] = [];
  const frozen = new Set<Channel>();
  let pages = 0;

  function page(random: number) {
    const awakenings: (() => void)[] = [];
    const lost: string[] = [];
    const channel: Channel = {
      onmessage: null,
      postMessage(said) {
        for (const other of channels) {
          if (other !== channel && !frozen.has(other)) other.onmessage?.({ data: said } as MessageEvent<unknown>);
        }
      },
    };
    channels.add(channel);
    const name = `page ${(pages += 1)}`;
    const question = askWho(
      channel,
      (run) => timers.push(run),
      (awake) => awakenings.push(awake),
      () => lost.push(name),
      () => random,
    );
    return {
      lost,
      claim: (client: string) => question.claim(client),
      freeze: () => frozen.add(channel),
      thaw() {
        frozen.delete(channel);
        for (const awake of awakenings) awake();
      },
      die: () => channels.delete(channel),
    };
  }

  return {
    page,
    /** The time for answers is over. */
    pass() {
      for (const run of timers.splice(0)) run();
    },
  };
}

it('[P3] a client belongs to the page that is alive, and to the next one after that', async () => {
  const { page, pass } = browser();
  const one = page(0.1);
  const two = page(0.2);
  const first = one.claim('a');
  pass();
  expect(await first).not.toBeNull();
  const second = two.claim('a');
  pass();
  expect(await second).toBeNull();
  one.die();
  const third = two.claim('a');
  pass();
  expect(await third).not.toBeNull();
});

it('[P3] one of two pages that ask at the same time has it, whichever asked first', async () => {
  for (const numbers of [
    [0.1, 0.2],
    [0.2, 0.1],
  ]) {
    const { page, pass } = browser();
    const claims = numbers.map((number) => page(number)).map((one) => one.claim('a'));
    pass();
    const holds = await Promise.all(claims);
    expect(holds.filter((hold) => hold !== null)).toHaveLength(1);
  }
});

it('gives it up when it is released', async () => {
  const { page, pass } = browser();
  const one = page(0.1);
  const two = page(0.2);
  const first = one.claim('a');
  pass();
  (await first)?.release();
  const second = two.claim('a');
  pass();
  expect(await second).not.toBeNull();
});

it('[P3] a page that wakes up and finds its client taken over begins anew', async () => {
  const { page, pass } = browser();
  const one = page(0.1);
  const two = page(0.2);
  const first = one.claim('a');
  pass();
  await first;
  one.freeze();
  const second = two.claim('a');
  pass();
  expect(await second).not.toBeNull();
  one.thaw();
  pass();
  await Promise.resolve();
  expect(one.lost).toEqual(['page 1']);
  expect(two.lost).toEqual([]);
});

it('a page that wakes up and is still the only one goes on', async () => {
  const { page, pass } = browser();
  const one = page(0.1);
  page(0.2);
  const first = one.claim('a');
  pass();
  await first;
  one.freeze();
  one.thaw();
  pass();
  await Promise.resolve();
  expect(one.lost).toEqual([]);
});
