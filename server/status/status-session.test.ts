import { describe, expect, it } from 'vitest';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import { AddressBudgets } from '../address-budgets.ts';
import { createCounters } from '../counters.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { stranger } from '../testing/callers.ts';
import { createStatusFeed } from './feed.ts';
import { Keeper } from './keeper.ts';
import type { Sample } from './samples.ts';
import { StatusSession } from './status-session.ts';

const TOKEN = 'for-keepers-only';
const STORAGE = { t: 'sample', channel: 'storage', node: 'n', at: 1, up: true } as unknown as Sample;
const ROOMS: Sample = { t: 'sample', channel: 'rooms', node: 'n', at: 1, rooms: [] };

function scene(token: string | null = TOKEN) {
  const clock = new ManualClock();
  const limits = DEFAULT_SERVER_LIMITS;
  const feed = createStatusFeed(clock, null);
  const counters = createCounters();
  const budgets = new AddressBudgets(clock, limits);
  const deps = { feed, keeper: new Keeper(token, clock), clock, counters, node: 'n', limits };
  function connect(address = '203.0.113.7') {
    const heard: { t: string; code?: string; message?: string }[] = [];
    const wire = {
      buffered: 0,
      code: null as number | null,
      send: (frame: Buffer) => void heard.push(JSON.parse(frame.toString()) as { t: string }),
      close(code: number) {
        wire.code = code;
      },
      pause() {},
      resume() {},
    };
    const session = new StatusSession(wire, deps, stranger(budgets.of(address)));
    const say = (message: unknown): void => session.receive(JSON.stringify(message));
    return { session, wire, heard, say, kinds: () => heard.map(({ t, code }) => code ?? t) };
  }
  return { clock, feed, counters, connect };
}

describe('a watcher', () => {
  it('is told what it subscribed to, once, until it does no longer', () => {
    const { feed, connect } = scene();
    const { say, heard } = connect();
    expect(heard).toEqual([{ t: 'welcome', node: 'n', admin: true }]);
    feed.publish(STORAGE);
    say({ t: 'subscribe', channel: 'storage' });
    say({ t: 'subscribe', channel: 'storage' });
    feed.publish(STORAGE);
    expect(heard.slice(1)).toEqual([STORAGE]);
    say({ t: 'unsubscribe', channel: 'storage' });
    say({ t: 'unsubscribe', channel: 'storage' });
    feed.publish(STORAGE);
    expect(heard).toHaveLength(2);
  });

  it('is spared samples while it reads slowly, and watches nothing once it has gone', () => {
    const { feed, connect } = scene();
    const { session, say, wire, heard } = connect();
    say({ t: 'subscribe', channel: 'storage' });
    wire.buffered = DEFAULT_SERVER_LIMITS.slowNoCursors + 1;
    feed.publish(STORAGE);
    wire.buffered = 0;
    feed.publish(STORAGE);
    expect(heard).toHaveLength(2);
    session.closed();
    expect(feed.isWatched('storage')).toBe(false);
  });

  it.each([
    ['no-such-channel', { t: 'subscribe', channel: 'gossip' }],
    ['no-such-channel', { t: 'unsubscribe', channel: '__proto__' }],
    ['bad-field', { t: 'subscribe' }],
    ['bad-field', { t: 'subscribe', channel: 'storage', more: 1 }],
    ['bad-field', { t: 'hello' }],
    ['bad-field', null],
    ['bad-field', [1]],
  ])('is sent away with 4400 and a sentence: %s %j', (code, message) => {
    const { counters, connect } = scene();
    const { say, wire, heard } = connect();
    say(message);
    expect([wire.code, heard.at(-1)?.code]).toEqual([CloseCode.BAD_MESSAGE, code]);
    expect(heard.at(-1)?.message).toMatch(/^[A-Z].*\.$/);
    expect(counters.ended).toEqual({ [code]: 1 });
    say({ t: 'subscribe', channel: 'storage' });
    expect(heard).toHaveLength(2);
  });

  it('is sent away for what is no JSON, or no text', () => {
    const { connect } = scene();
    const [ann, bob] = [connect(), connect()];
    ann.session.receive('{"t":');
    bob.session.receiveBinary();
    expect([ann.kinds(), bob.kinds()]).toEqual([
      ['welcome', 'bad-json'],
      ['welcome', 'bad-frame'],
    ]);
  });

  it('[P9] is sent away if it says too much', () => {
    const { connect } = scene();
    const { say, wire } = connect();
    for (let i = 0; i < 200; i++) say({ t: 'subscribe', channel: 'storage' });
    expect(wire.code).toBeNull();
    say({ t: 'subscribe', channel: 'storage' });
    expect(wire.code).toBe(CloseCode.TOO_FAST);
  });

  it('hears why the server goes away', () => {
    const { connect } = scene();
    const { session, wire, heard } = connect();
    session.end(new ProtocolFault('draining', CloseCode.DRAINING, 'This server is going away.'));
    expect([wire.code, heard.at(-1)]).toEqual([
      CloseCode.DRAINING,
      { t: 'error', code: 'draining', message: 'This server is going away.' },
    ]);
  });
});

describe('[P10] what identifies rooms', () => {
  it('is told to whoever has the token', () => {
    const { feed, connect } = scene();
    const { say, heard } = connect();
    say({ t: 'admin', token: TOKEN });
    say({ t: 'subscribe', channel: 'rooms' });
    feed.publish(ROOMS);
    expect(heard.slice(1)).toEqual([{ t: 'admin' }, ROOMS]);
  });

  it('is told to nobody else', () => {
    const { feed, connect } = scene();
    const [ann, bob] = [connect(), connect()];
    ann.say({ t: 'subscribe', channel: 'rooms' });
    bob.say({ t: 'admin', token: `${TOKEN}.` });
    bob.say({ t: 'subscribe', channel: 'rooms' });
    feed.publish(ROOMS);
    expect([ann.kinds(), ann.wire.code]).toEqual([['welcome', 'admin-wanted'], CloseCode.PASSWORD]);
    expect([bob.kinds(), bob.wire.code]).toEqual([['welcome', 'admin-wrong'], CloseCode.FORBIDDEN]);
  });

  it('is not there at all without a token', () => {
    const { connect } = scene(null);
    const [ann, bob] = [connect(), connect()];
    ann.say({ t: 'subscribe', channel: 'rooms' });
    bob.say({ t: 'admin', token: '' });
    expect(ann.heard[0]).toEqual({ t: 'welcome', node: 'n', admin: false });
    expect(ann.heard[1]?.message).toBe('There is no such channel. There are: traffic, latency, nodes, storage.');
    expect([ann.wire.code, bob.wire.code]).toEqual([4400, 4400]);
  });

  it('takes twenty wrong tokens from an address, and then not even the right one for a while', () => {
    const { clock, connect } = scene();
    for (let i = 0; i < 20; i++) {
      const { say, kinds } = connect();
      say({ t: 'admin', token: `wrong ${i}` });
      expect(kinds()).toEqual(['welcome', 'admin-wrong']);
    }
    const slowed = connect();
    slowed.say({ t: 'admin', token: TOKEN });
    expect([slowed.kinds(), slowed.wire.code]).toEqual([['welcome', 'too-fast'], CloseCode.TOO_FAST]);
    const elsewhere = connect('198.51.100.1');
    elsewhere.say({ t: 'admin', token: TOKEN });
    expect(elsewhere.kinds()).toEqual(['welcome', 'admin']);
    clock.advance(10_000);
    const later = connect();
    later.say({ t: 'admin', token: TOKEN });
    expect(later.kinds()).toEqual(['welcome', 'admin']);
  });
});
