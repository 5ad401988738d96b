import { describe, expect, it } from 'vitest';
import { CloseCode, type FaultCode } from '../protocol/index.ts';
import { FakeDevice, FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';
import type { LostReason, OpenRoom } from './types.ts';

const CLIENT = 'client0000000000000001';

function scene(text = 'text', options: Partial<OpenRoom> = {}) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const device = new FakeDevice();
  const ada = new TestScreen(server, clock, 1, { device, ...options });
  return { clock, server, device, ada, network: ada.network };
}

const hellos = (server: FakeServer) => server.heard.filter((message) => message.t === 'hello');

describe('access that ends says why', () => {
  const words: [number, FaultCode, LostReason][] = [
    [CloseCode.FORBIDDEN, 'revoked', 'revoked'],
    [CloseCode.FORBIDDEN, 'expired', 'expired'],
    [CloseCode.FORBIDDEN, 'removed', 'removed'],
    [CloseCode.FORBIDDEN, 'sign-in-wanted', 'signIn'],
    [CloseCode.FORBIDDEN, 'read-only', 'refused'],
    [CloseCode.FORBIDDEN, 'other-root', 'refused'],
    [CloseCode.NO_SUCH_ROOM, 'deleted', 'deleted'],
    [CloseCode.NO_SUCH_ROOM, 'no-such-room', 'deleted'],
    [CloseCode.PASSWORD, 'password-wanted', 'password'],
    [CloseCode.PASSWORD, 'password-wrong', 'password'],
  ];

  it.each(words)('%i with the word %s: %s', (code, word, reason) => {
    const { server, ada, network } = scene();
    server.settle();
    network.wire.cut(code, word);
    expect(ada.view.status).toEqual({ kind: 'lost', code, reason });
  });

  it.each(words)('%i after an error %s, without a reason of its own: %s', (code, word, reason) => {
    const { server, ada, network } = scene();
    server.settle();
    server.broadcast({ t: 'error', code: word, message: 'The end.' });
    network.wire.deliverDown();
    network.wire.cut(code);
    expect(ada.view.status).toEqual({ kind: 'lost', code, reason });
  });

  it.each<[FaultCode, LostReason]>([
    ['deleted', 'deleted'],
    ['no-such-room', 'missing'],
  ])('4404 with the word %s, before the room was ever open: %s', (word, reason) => {
    const { ada, network } = scene('');
    network.wire.open();
    network.wire.cut(CloseCode.NO_SUCH_ROOM, word);
    expect(ada.view.status).toEqual({ kind: 'lost', code: 4404, reason });
  });

  it('a word that came over an earlier socket, or a mere "not now", explains nothing', () => {
    const { clock, server, ada, network } = scene();
    server.settle();
    server.broadcast({ t: 'error', code: 'expired', message: 'The end.' });
    network.wire.deliverDown();
    network.wire.cut();
    clock.advance(500);
    server.settle();
    server.broadcast({ t: 'error', code: 'too-fast', message: 'Slowly.', retryMs: 100 });
    network.wire.deliverDown();
    network.wire.cut(CloseCode.FORBIDDEN);
    expect(ada.view.status).toEqual({ kind: 'lost', code: 4403, reason: 'revoked' });
  });

  it('[P5] with edits outstanding and waiting: text, count and journal keep them', () => {
    const { clock, server, device, ada } = scene();
    server.settle();
    ada.type(4, ' one');
    ada.type(8, ' two');
    server.shut('revoked', CloseCode.FORBIDDEN);
    server.settle();
    clock.advance(120_000);
    server.settle();
    expect(server.text).toBe('text');
    expect(ada.view).toMatchObject({
      unsaved: 8,
      canEdit: false,
      locked: false,
      status: { kind: 'lost', code: 4403, reason: 'revoked' },
    });
    expect(ada.view.dots).toEqual({ device: true, received: false, disk: false });
    expect([ada.text, ada.client.text()]).toEqual(['text one two', 'text one two']);
    const { record } = device.find(CLIENT) ?? {};
    expect(record).toMatchObject({ outstanding: { seq: 1, op: [4, ' one'] }, buffer: [8, ' two'] });
    expect(() => ada.client.edit(['x', 12])).toThrow(/lost/);
  });

  it('[P8] is told before a lock', () => {
    const { server, ada } = scene();
    server.settle();
    server.lock(true);
    server.shut('removed', CloseCode.FORBIDDEN);
    server.settle();
    expect(ada.view).toMatchObject({ locked: true, status: { kind: 'lost', code: 4403, reason: 'removed' } });
  });
});

describe('a link with a password', () => {
  it('is told it in the first hello and at each reconnect, and no journal keeps it', () => {
    const { clock, server, device, ada, network } = scene('text', { password: 'open sesame' });
    server.password = 'open sesame';
    server.settle();
    for (let round = 0; round < 2; round++) {
      network.wire.cut();
      clock.advance(1_000);
      server.settle();
    }
    expect(hellos(server).map(({ password }) => password)).toEqual(Array(3).fill('open sesame'));
    ada.type(4, '!');
    server.settle();
    clock.advance(10_000);
    expect(ada.status).toBe('saved');
    expect(device.writes).toBeGreaterThan(0);
    expect(JSON.stringify(device.find(CLIENT))).not.toContain('sesame');
  });

  it('says nothing of a password where none was given', () => {
    const { server } = scene();
    server.settle();
    expect(hellos(server)[0]).not.toHaveProperty('password');
  });

  it.each([undefined, 'wrong'])('[P5] given %j: lost, no reconnect, and the text of the page stays', (password) => {
    const { clock, server, ada, network } = scene('text', password === undefined ? {} : { password });
    server.password = 'right';
    ada.type(4, '!');
    server.settle();
    const before = network.connects;
    clock.advance(120_000);
    network.tell('online');
    ada.client.retry();
    expect(network.connects).toBe(before);
    expect(ada.view).toMatchObject({
      unsaved: 1,
      canEdit: false,
      status: { kind: 'lost', code: 4401, reason: 'password' },
    });
    expect(ada.client.text()).toBe('text!');
  });

  it('that gets another one while we are away ends at the reconnect, with what was typed', () => {
    const { clock, server, ada, network } = scene('text', { password: 'old' });
    server.password = 'old';
    server.settle();
    network.wire.cut();
    ada.type(4, '!');
    server.password = 'new';
    clock.advance(1_000);
    server.settle();
    expect(ada.view).toMatchObject({ unsaved: 1, status: { kind: 'lost', reason: 'password' } });
    expect(ada.client.text()).toBe('text!');
  });
});
