import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { describeBus } from '../../server/cluster/bus-contract.ts';
import type { Bus } from '../../server/cluster/bus.ts';
import { createRedisBus } from '../../server/cluster/redis-bus.ts';
import { createLog } from '../../server/log.ts';
import { eventually, freePort, within } from '../harness/index.ts';
import { startRedis, type TestRedis } from '../harness/redis.ts';

const limits = { busMessage: 10_000, busUnanswered: 10_000_000 };
/** A dead Redis has to be known after this long, in ms. */
const KNOWN_MS = 3_000;

const stops: (() => void | Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Node {
  bus: Bus;
  /** Everything that `onGap` has told. */
  gaps: string[];
  log(): string;
}

/** A node at the Redis of this address. */
async function nodeAt(url: string, { busUnanswered = limits.busUnanswered } = {}): Promise<Node> {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const bus = await createRedisBus({
    url,
    name: 'node',
    limits: { ...limits, busUnanswered },
    clock: systemClock,
    log,
  });
  stops.push(() => bus.close());
  const gaps: string[] = [];
  bus.onGap((channels) => gaps.push(...channels));
  return { bus, gaps, log: () => lines.join('') };
}

/** What this node hears on a channel, from now on. */
async function hearing({ bus, gaps }: Node, channel: string): Promise<string[]> {
  const heard: string[] = [];
  bus.subscribe(channel, (message) => heard.push(message));
  await eventually(`the subscription of ${channel}`, () => gaps.includes(channel));
  return heard;
}

async function ownRedis(options: { password?: string } = {}): Promise<TestRedis> {
  const redis = await startRedis(options);
  stops.push(() => redis.stop());
  return redis;
}

describe('with one Redis for all of them', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  describeBus('Redis', async () => {
    const nodes = await Promise.all([nodeAt(redis.url), nodeAt(redis.url), nodeAt(redis.url)]);
    return {
      buses: nodes.map(({ bus }) => bus),
      busMessage: limits.busMessage,
      subscribed: async (bus, channel) => {
        const node = nodes.find((one) => one.bus === bus);
        await eventually(`the subscription of ${channel}`, () => node?.gaps.includes(channel));
      },
      done: async () => {
        for (const { bus } of nodes) await bus.close();
      },
    };
  });

  it('uses no channels but its own, and leaves none behind', async () => {
    const node = await nodeAt(redis.url);
    await hearing(node, 'room:a');
    const channels = async (): Promise<string[]> =>
      [...(await redis.ask('PUBSUB', 'CHANNELS')).matchAll(/^tandem:.*$|^room.*$/gm)].map(([name]) => name.trim());
    expect((await channels()).sort()).toEqual(['tandem:', 'tandem:room:a']);
    node.bus.subscribe('room:b', () => {})();
    await eventually('b to be left', async () => !(await channels()).includes('tandem:room:b'));
    await node.bus.close();
    await eventually('all to be left', async () => (await channels()).length === 0);
  });

  it('[P7] ignores what others write into its channels', async () => {
    const [node, other] = [await nodeAt(redis.url), await nodeAt(redis.url)];
    const heard = await hearing(node, 'a');
    for (const words of ['', 'no sender', `x\n${'y'.repeat(limits.busMessage + 1)}`, `${node.bus.node}\nits own`]) {
      await redis.ask('PUBLISH', 'tandem:a', words);
    }
    other.bus.publish('a', 'ours');
    await eventually('the message', () => heard.length > 0);
    expect(heard).toEqual(['ours']);
  });

  it('tells others that it leaves, if that was published right before', async () => {
    const [node, other] = [await nodeAt(redis.url), await nodeAt(redis.url)];
    const heard = await hearing(other, 'a');
    for (let count = 1; count <= 200; count++) node.bus.publish('a', `bye ${count}`);
    await node.bus.close();
    await eventually('the last word', () => heard.includes('bye 200'));
    expect(heard).toHaveLength(200);
  });
});

describe('while Redis', () => {
  it('is killed and comes back: down, up, a gap, and everything is heard again', async () => {
    const redis = await ownRedis();
    const [one, two] = [await nodeAt(redis.url), await nodeAt(redis.url)];
    const heard = await hearing(two, 'a');
    await hearing(two, 'b');
    await redis.kill();
    await eventually('both to notice', () => !one.bus.up && !two.bus.up, KNOWN_MS);
    const before = one.bus.dropped;
    one.bus.publish('a', 'lost');
    expect(one.bus.dropped).toBe(before + 1);
    two.gaps.length = 0;
    // New rooms open, and others close, meanwhile.
    const heardNew: string[] = [];
    two.bus.subscribe('c', (message) => heardNew.push(message));
    const stopD = two.bus.subscribe('d', () => {});
    stopD();
    await redis.restart();
    await eventually('both to be back', () => one.bus.up && two.bus.up);
    await eventually('the gap', () => two.gaps.length >= 3);
    expect(two.gaps.sort()).toEqual(['a', 'b', 'c']);
    one.bus.publish('a', 'again');
    one.bus.publish('c', 'new');
    await eventually('both messages', () => heard.length + heardNew.length >= 2);
    expect([heard, heardNew]).toEqual([['again'], ['new']]);
    expect(one.log()).toContain('the bus is down, trying again');
  });

  it('is killed and comes back ten times', async () => {
    const redis = await ownRedis();
    const [one, two] = [await nodeAt(redis.url), await nodeAt(redis.url)];
    const heard = await hearing(two, 'a');
    for (let round = 1; round <= 10; round++) {
      two.gaps.length = 0;
      await redis.restart();
      await eventually('the gap', () => two.gaps.includes('a'));
      await eventually('the sender', () => one.bus.up);
      one.bus.publish('a', String(round));
      await eventually('the message', () => heard.at(-1) === String(round));
    }
    expect(heard).toHaveLength(10);
  });

  it('hangs: it is down within 3 s, loses nobody any time, and is up again afterwards', async () => {
    const redis = await ownRedis();
    const [one, two] = [await nodeAt(redis.url), await nodeAt(redis.url)];
    const heard = await hearing(two, 'a');
    redis.hang();
    stops.push(() => redis.resume());
    const since = performance.now();
    await eventually('both to notice', () => !one.bus.up && !two.bus.up, KNOWN_MS + 500);
    expect(performance.now() - since).toBeLessThan(KNOWN_MS);
    // Connections are still taken, by the system: that must not count as up.
    await eventually('another try', () => one.log().includes('It did not answer within 3000 ms'));
    expect(one.bus.up).toBe(false);
    two.gaps.length = 0;
    redis.resume();
    await eventually('the gap', () => two.gaps.includes('a') && one.bus.up);
    one.bus.publish('a', 'again');
    await eventually('the message', () => heard.includes('again'));
  });

  it('reads slowly: what does not fit any more is dropped, not kept', async () => {
    const redis = await ownRedis();
    const { bus } = await nodeAt(redis.url, { busUnanswered: 100_000 });
    redis.hang();
    stops.push(() => redis.resume());
    for (let count = 0; count < 1_000; count++) bus.publish('a', 'x'.repeat(1_000));
    expect(bus.up).toBe(true);
    // 1,000 bytes and what a command takes besides.
    expect(bus.dropped).toBe(1_000 - Math.floor(100_000 / 1_500));
    redis.resume();
    await eventually('room again', () => {
      const { dropped } = bus;
      bus.publish('a', 'x');
      return bus.dropped === dropped;
    });
  });

  it('cuts off a node that reads too slowly: a gap', async () => {
    const redis = await ownRedis();
    const node = await nodeAt(redis.url);
    await hearing(node, 'a');
    node.gaps.length = 0;
    await redis.ask('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually('the gap', () => node.gaps.includes('a'));
    expect(node.bus.up).toBe(true);
  });

  it('is not there when the server starts: it starts all the same, and says so', async () => {
    const port = await freePort();
    const node = await within(5_000, 'the start', nodeAt(`redis://user:hunter2@127.0.0.1:${port}`));
    expect(node.bus.up).toBe(false);
    expect(node.log()).toContain('the bus is down, trying again');
    expect(node.log()).toContain(`127.0.0.1:${port}`);
    expect(node.log()).not.toContain('hunter2');
    node.bus.publish('a', 'x');
    expect(node.bus.dropped).toBe(1);
  });

  it('hangs when the server starts: it starts all the same', async () => {
    const redis = await ownRedis();
    redis.hang();
    stops.push(() => redis.resume());
    const node = await within(5_000, 'the start', nodeAt(redis.url));
    expect(node.bus.up).toBe(false);
    redis.resume();
    await eventually('the bus', () => node.bus.up);
  });

  it('accepts connections at the TCP level only, and closes them at once, again and again', async () => {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      // Read to its end, so that the server closes only if nobody at the other end holds a connection.
      socket.on('error', () => {}).resume();
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    }).listen(0, '127.0.0.1');
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    await eventually('the server', () => server.listening);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server got no port.');
    const node = await nodeAt(`redis://127.0.0.1:${address.port}`);
    expect(node.bus.up).toBe(false);
    await eventually('more tries', () => open.size >= 6);
    await node.bus.close();
  });
});

describe('closing', () => {
  it.each(['up', 'hanging', 'connecting', 'dead'] as const)(
    'takes less than a second while Redis is %s',
    async (how) => {
      const redis = await ownRedis();
      if (how === 'connecting') redis.hang();
      stops.push(() => redis.resume());
      const { bus } = await nodeAt(redis.url);
      bus.subscribe('a', () => {});
      if (how === 'hanging') redis.hang();
      if (how === 'dead') await redis.kill();
      bus.publish('a', 'x');
      await within(1_000, 'the end', bus.close());
      expect(bus.up).toBe(false);
      redis.resume();
      if (how !== 'dead') {
        // Nobody is left there, not even a connection that was being made.
        const clients = async (): Promise<number> => (await redis.ask('CLIENT', 'LIST')).match(/\bid=/g)?.length ?? 0;
        await eventually('all connections to be gone', async () => (await clients()) === 1);
      }
    },
  );
});

describe('[R-start] Redis that refuses this server is a sentence', () => {
  const refusal = async (url: string): Promise<string> => {
    const opened = await nodeAt(url).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Error ? error.message : 'no error'),
    );
    return opened;
  };

  it('for a wrong password, none, or an unknown user, without showing any', async () => {
    const redis = await ownRedis({ password: 'p@ss word' });
    const { port } = redis;
    for (const who of [':hunter2@', 'somebody:hunter2@', '']) {
      const sentence = await refusal(`redis://${who}127.0.0.1:${port}`);
      expect(sentence).toMatch(new RegExp(`^Redis at 127.0.0.1:${port} refuses this server: `));
      expect(sentence).toContain('REDIS_URL');
      expect(sentence).not.toMatch(/hunter2|somebody/);
    }
    expect(await refusal(redis.url)).toBe('accepted');
  });

  it('for a password where none is set, a database that is not there, and a user that may not use our channels', async () => {
    const redis = await ownRedis();
    const address = `127.0.0.1:${redis.port}`;
    expect(await refusal(`redis://${address}/9999`)).toContain('DB index');
    expect(await refusal(`redis://:hunter2@${address}`)).not.toContain('hunter2');
    await redis.ask('ACL', 'SETUSER', 'guest', 'on', '>secret', 'resetchannels', '&other:*', '+@all');
    expect(await refusal(`redis://guest:secret@${address}`)).toMatch(/refuses this server: .*tandem:\*/);
    await redis.ask('ACL', 'SETUSER', 'ours', 'on', '>secret', 'resetchannels', '&tandem:*', '-@all');
    await redis.ask('ACL', 'SETUSER', 'ours', '+ping', '+publish', '+subscribe', '+unsubscribe', '+auth', '+select');
    expect(await refusal(`redis://ours:secret@${address}`)).toBe('accepted');
  });
});
