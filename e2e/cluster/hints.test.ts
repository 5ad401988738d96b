import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClientMessage, CommentAct } from '../../lib/protocol/index.ts';
import {
  connect,
  createRoom,
  eventually,
  freshToken,
  join,
  ownerOf,
  type Peer,
  readText,
  within,
} from '../harness/index.ts';
import { type Cluster, startCluster } from './cluster.ts';

/** Whatever happens on one node is told on every other within this, in ms. */
const SOON_MS = 1_000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ nodes: 2, affinity: false });
});
afterAll(() => cluster.close());

/** A room, and somebody on each of two nodes. */
async function scene() {
  const [here, there] = cluster.nodes;
  if (!here || !there) throw new Error('There are not two nodes.');
  const { links } = await createRoom(here.url, { text: 'hello', title: 'Plans' });
  const owner = ownerOf(here.url, links.owner.token);
  const ann = await join(here.url, links.edit.token, { name: 'Ann' });
  const bob = await join(there.url, links.edit.token, { name: 'Bob' });
  return { there, links, owner, ann, bob };
}

/** Resolves when `peer` has heard something of which `is` is true; fails after `SOON_MS`. */
function hears(peer: Peer, what: string, is: (message: Peer['heard'][number]) => boolean): Promise<unknown> {
  return eventually(what, () => peer.heard.some(is), SOON_MS);
}

it('[P1] tells edits, people, carets, title and lock on the other node within a second', async () => {
  const { there, links, owner, ann, bob } = await scene();
  await hears(ann.peer, 'Bob’s coming', (one) => one.t === 'people' && one.join.some(({ name }) => name === 'Bob'));
  await ann.peer.submit({ t: 'op', seq: 1, rev: ann.welcome.rev, op: [5, ', world'] });
  await within(SOON_MS, 'the edit', bob.peer.reached(ann.welcome.rev + 1));
  expect((await readText(there.url, links.view.token)).text).toBe('hello, world');
  bob.peer.send({ t: 'cursor', rev: ann.welcome.rev + 1, ranges: [[3, 3]] });
  await hears(ann.peer, 'Bob’s caret', (one) => one.t === 'cursor' && one.author === bob.welcome.you);
  ann.peer.send({ t: 'room', title: 'Other' });
  await hears(bob.peer, 'the title', (one) => one.t === 'room' && one.title === 'Other');
  await owner.lock(true);
  await hears(bob.peer, 'the lock', (one) => one.t === 'role' && one.locked === true);
  await owner.lock(false);
  await hears(bob.peer, 'its end', (one) => one.t === 'role' && one.locked !== true);
  bob.peer.close();
  await hears(ann.peer, 'Bob’s going', (one) => one.t === 'people' && one.leave.includes(bob.welcome.you));
  ann.peer.close();
});

it('[T2] tells chat, who writes it, and comments on the other node within a second', async () => {
  const { there, links, ann, bob } = await scene();
  const { rev } = ann.welcome;
  await hears(
    bob.peer,
    'Ann’s being there',
    (one) => one.t === 'people' && one.join.some(({ name }) => name === 'Ann'),
  );
  ann.peer.send({ t: 'writing' });
  await hears(bob.peer, 'that Ann writes', (one) => one.t === 'writing' && one.author === ann.welcome.you);
  ann.peer.send({ t: 'chat', id: freshToken(), text: 'Hello', quote: { rev, from: 0, to: 4 } });
  const said = (one: Peer['heard'][number]): boolean =>
    one.t === 'chat' && one.message.n === 1 && one.message.text === 'Hello' && one.message.quote?.text === 'hell';
  await hears(bob.peer, 'the message', said);
  const thread = freshToken();
  const comment = (act: CommentAct): ClientMessage => ({ t: 'comment', id: freshToken(), thread, act });
  bob.peer.send(comment({ kind: 'open', rev, from: 1, to: 3, text: 'Why?' }));
  await hears(ann.peer, 'the comment', (one) => one.t === 'thread' && one.thread.comments[0]?.text === 'Why?');
  ann.peer.send(comment({ kind: 'reply', text: 'So.' }));
  await hears(bob.peer, 'the answer', (one) => one.t === 'thread' && one.thread.comments[1]?.name === 'Ann');
  // Both nodes number one chat.
  bob.peer.send({ t: 'chat', id: freshToken(), text: 'Hi' });
  await hears(ann.peer, 'Bob’s message', (one) => one.t === 'chat' && one.message.n === 2);
  await ann.peer.submit({ t: 'op', seq: 1, rev, op: [-5] });
  await hears(
    bob.peer,
    'the end of the passage',
    (one) => one.t === 'thread' && one.thread.anchor.gone?.name === 'Ann',
  );
  const carol = await join(there.url, links.edit.token);
  expect(carol.welcome).toMatchObject({ chat: 2, threads: 1 });
  for (const { peer } of [ann, bob, carol]) peer.close();
});

it('[P10] ends sockets on the other node within a second: of a revoked link, a removed person, a deleted room', async () => {
  const { there, links, owner, ann, bob } = await scene();
  const cookie = `tandem-guest=${freshToken()}`;
  const mallory = await connect(there.url, { headers: { cookie } });
  mallory.send({ t: 'hello', v: 1, token: links.view.token, client: freshToken() });
  await mallory.next('welcome');
  // The same browser, seen by the node that the owner talks to.
  const tab = await connect(cluster.nodes[0]?.url ?? '', { headers: { cookie } });
  tab.send({ t: 'hello', v: 1, token: links.view.token, client: freshToken() });
  const { you } = await tab.next('welcome');
  await owner.remove(you);
  expect(await within(SOON_MS, 'the close', mallory.closed)).toEqual({ code: 4403, reason: 'removed' });

  const reader = await join(there.url, links.view.token);
  await owner.revoke((await owner.link('view')).id);
  expect(await within(SOON_MS, 'the close', reader.peer.closed)).toEqual({ code: 4403, reason: 'revoked' });

  await owner.delete();
  const ends = [ann.peer.closed, bob.peer.closed].map((end) => within(SOON_MS, 'the close', end));
  expect(await Promise.all(ends)).toEqual([
    { code: 4404, reason: 'deleted' },
    { code: 4404, reason: 'deleted' },
  ]);
});

it('[P3] lets a client have one live socket, whatever node it comes to', async () => {
  const { there, links, ann } = await scene();
  await ann.peer.submit({ t: 'op', seq: 1, rev: ann.welcome.rev, op: ['x'] });
  const { rev, epoch } = ann.welcome;
  const moved = await join(there.url, links.edit.token, { client: ann.client, rev, epoch });
  expect(await within(SOON_MS, 'the close', ann.peer.closed)).toEqual({ code: 4409, reason: 'superseded' });
  expect(moved.welcome.last).toEqual({ seq: 1, rev: rev + 1 });
  moved.peer.close();
});
