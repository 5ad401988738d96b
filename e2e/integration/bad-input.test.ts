import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connect,
  createRoom,
  freshToken,
  join,
  type Peer,
  readText,
  startServer,
  type TestServer,
} from '../harness/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** The text of each room here; the emoji, of two units, is at 5. */
const TEXT = 'hello🙂world';

/** An op message as JSON, so that it can say what no honest client would. */
function op(fields: Record<string, unknown>): string {
  return JSON.stringify({ t: 'op', seq: 1, rev: 1, op: ['x'], ...fields });
}

/** What a joined client says, how it is answered (code of the `error`; null: `ws` refuses without one), and the close code. */
const BAD_MESSAGES: [
  name: string,
  frame: string | { bytes: Buffer; as: 'text' | 'binary' },
  code: string | null,
  close: number,
][] = [
  ['not JSON', '{"t":"op"', 'bad-json', 4400],
  ['JSON that is no object', '[1]', 'bad-json', 4400],
  ['null', 'null', 'bad-json', 4400],
  ['an empty frame', '', 'bad-json', 4400],
  ['a binary frame', { bytes: Buffer.from(op({})), as: 'binary' }, 'bad-frame', 4400],
  ['an unknown t', '{"t":"please"}', 'bad-type', 4400],
  ['a t of another type', '{"t":7}', 'bad-type', 4400],
  ['a t that every object has', '{"t":"constructor"}', 'bad-type', 4400],
  ['a missing field', '{"t":"op","rev":1,"op":["x"]}', 'bad-field', 4400],
  ['a missing op', '{"t":"op","seq":1,"rev":1}', 'bad-op', 4400],
  ['a field of the wrong type', op({ rev: '1' }), 'bad-field', 4400],
  ['null for a number', op({ rev: null }), 'bad-field', 4400],
  ['a negative revision', op({ rev: -1 }), 'bad-field', 4400],
  ['a fractional revision', op({ rev: 0.5 }), 'bad-field', 4400],
  ['2^53 as a revision', op({ rev: 2 ** 53 }), 'bad-field', 4400],
  ['seq 0', op({ seq: 0 }), 'bad-field', 4400],
  ['2^53 as a seq', op({ seq: 2 ** 53 }), 'bad-field', 4400],
  ['a revision in the future', op({ rev: 2 }), 'bad-rev', 4400],
  ['the largest revision there is', op({ rev: Number.MAX_SAFE_INTEGER }), 'bad-rev', 4400],
  ['an op longer than the text', op({ op: [13, 'x'] }), 'bad-op', 4400],
  ['a delete beyond the text', op({ op: [10, -3] }), 'bad-op', 4400],
  ['an insert between the halves of a pair', op({ op: [6, 'x'] }), 'bad-op', 4400],
  ['a delete of half a pair', op({ op: [5, -1] }), 'bad-op', 4400],
  ['a lone surrogate', '{"t":"op","seq":1,"rev":1,"op":["\\ud83d"]}', 'bad-op', 4400],
  ['a carriage return', op({ op: ['a\r\nb'] }), 'bad-op', 4400],
  ['an op that is no array', op({ op: { insert: 'x' } }), 'bad-op', 4400],
  ['an op with a fraction', op({ op: [0.5, 'x'] }), 'bad-op', 4400],
  ['an op with 2^53', op({ op: [2 ** 53, 'x'] }), 'bad-op', 4400],
  ['an op that is not canonical', op({ op: ['x', 'y'] }), 'bad-op', 4400],
  ['an op with a trailing retain', op({ op: ['x', 1] }), 'bad-op', 4400],
  ['an op that deletes before it inserts', op({ op: [-1, 'x'] }), 'bad-op', 4400],
  ['an op that does nothing', op({ op: [] }), 'bad-op', 4400],
  ['a seq that jumps', op({ seq: 2 }), 'bad-seq', 4400],
  ['a cursor that is no range', '{"t":"cursor","rev":1,"ranges":[[1]]}', 'bad-field', 4400],
  ['a name with control characters', '{"t":"me","name":"a\\u0000b","color":1}', 'bad-field', 4400],
  ['a colour that there is not', '{"t":"me","name":"a","color":13}', 'bad-field', 4400],
  ['a second hello', `{"t":"hello","v":1,"token":"${freshToken()}","client":"${freshToken()}"}`, 'hello-twice', 4400],
  ['a text frame that is not UTF-8', { bytes: Buffer.from([0x22, 0xff, 0xfe, 0x22]), as: 'text' }, null, 1007],
  ['a message of 2 MB', op({ op: ['x'.repeat(2_000_000)] }), null, 1009],
];

/** What a stranger says first. */
const BAD_GREETINGS: [name: string, frame: string, code: string, close: number][] = [
  ['an op before hello', op({}), 'hello-expected', 4400],
  ['a ping before hello', '{"t":"ping","at":1}', 'hello-expected', 4400],
  ['not JSON', 'GET / HTTP/1.1', 'bad-json', 4400],
  ['a hello of another version', hello({ v: 2 }), 'wrong-version', 4406],
  ['a hello without a token', hello({ token: undefined }), 'bad-field', 4400],
  ['a malformed token', hello({ token: '../etc' }), 'bad-token', 4404],
  ['an unknown random token', hello({}), 'no-such-room', 4404],
  ['a client id that is too short', hello({ client: 'me' }), 'bad-field', 4400],
  ['a revision without an epoch', hello({ rev: 1 }), 'bad-field', 4400],
  ['a negative revision', hello({ rev: -1, epoch: 'x' }), 'bad-field', 4400],
  ['create with a malformed token', hello({ create: { owner: 'a', view: 'b' } }), 'bad-field', 4400],
];

function hello(fields: Record<string, unknown>): string {
  return JSON.stringify({ t: 'hello', v: 1, token: freshToken(), client: freshToken(), ...fields });
}

describe('[P7] a bad client hurts only itself', () => {
  it.each(BAD_MESSAGES)('%s', async (_name, frame, code, close) => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const innocent = await join(server.url, links.edit.token);
    const bad = await join(server.url, links.edit.token);

    if (typeof frame === 'string') bad.peer.sendRaw(frame);
    else bad.peer.sendRaw(frame.bytes, frame.as);

    await expectRefused(bad.peer, code, close);
    await expectUndisturbed(innocent.peer, links.edit.token);
  });

  it.each(BAD_GREETINGS)('as its first message, %s', async (_name, frame, code, close) => {
    const peer = await connect(server.url);
    peer.sendRaw(frame);
    await expectRefused(peer, code, close);
  });

  it('says nothing for 10 s', async () => {
    const peer = await connect(server.url);
    const began = performance.now();
    await expectRefused(peer, 'hello-timeout', 4408);
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThan(9_000);
    expect(waited).toBeLessThan(15_000);
  });

  it('offers only subprotocols that nobody knows', async () => {
    const peer = await connect(server.url, { protocols: ['tandem.99'] });
    await expectRefused(peer, 'wrong-version', 4406);
  });

  it('comes from a page of another origin', async () => {
    await expect(connect(server.url, { origin: 'https://evil.example' })).rejects.toThrow('403');
    const own = await connect(server.url, { origin: server.url });
    own.close();
  });

  it('sends a good edit and then a bad one: the good one stays', async () => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const innocent = await join(server.url, links.edit.token);
    const bad = await join(server.url, links.edit.token);
    bad.peer.send({ t: 'op', seq: 1, rev: 1, op: ['good '] });
    await bad.peer.reached(2);
    bad.peer.sendRaw(op({ seq: 2, rev: 2, op: [99, 'x'] }));
    await expectRefused(bad.peer, 'bad-op', 4400);
    await innocent.peer.reached(2);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: `good ${TEXT}`, rev: 2 });
    innocent.peer.close();
  });

  it('sends an edit that the document has no room for', async () => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const innocent = await join(server.url, links.edit.token);
    const bad = await join(server.url, links.edit.token);
    const { document, message } = bad.welcome.limits;
    const piece = 'x'.repeat(message - 1000);
    let seq = 0;
    let rev = bad.welcome.rev;
    while ((seq + 1) * piece.length < document) {
      bad.peer.send({ t: 'op', seq: ++seq, rev, op: [piece] });
      rev = await bad.peer.reached(rev + 1);
    }
    bad.peer.send({ t: 'op', seq: ++seq, rev, op: [piece] });
    await expectRefused(bad.peer, 'document-full', 4413);
    innocent.peer.send({ t: 'op', seq: 1, rev, op: [-3] });
    await innocent.peer.reached(rev + 1);
    innocent.peer.close();
  });
});

/** One `error` with this code and a sentence (or none at all where `ws` itself refused), then this close. */
async function expectRefused(peer: Peer, code: string | null, close: number): Promise<void> {
  const { code: closed } = await peer.closed;
  const errors = peer.heard.filter((message) => message.t === 'error');
  expect({ closed, codes: errors.map((error) => error.code) }).toEqual({
    closed: close,
    codes: code === null ? [] : [code],
  });
  for (const { message } of errors) expect(message).toMatch(/^[A-Z"].*\.$/);
}

/** Somebody else in the room still edits, and nothing of the text was lost or changed. */
async function expectUndisturbed(peer: Peer, token: string): Promise<void> {
  peer.send({ t: 'op', seq: 1, rev: 1, op: [12, '!'] });
  expect(await peer.reached(2)).toBe(2);
  expect(peer.heard.filter((message) => message.t === 'error')).toEqual([]);
  expect(await readText(server.url, token)).toEqual({ text: `${TEXT}!`, rev: 2 });
  peer.close();
}
