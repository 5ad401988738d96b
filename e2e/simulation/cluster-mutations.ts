import type { Mutation } from './mutation.ts';

/** Deliberate faults of what several nodes do for each other. Most seeds have one node, so these take a few more. */
export const CLUSTER_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a node lets clients in without a look at the log',
    file: 'server/rooms.ts',
    find: 'if (this.#deps.cluster && !room.closed) await room.freshen();',
    replace: '',
  },
  {
    name: 'a node that cannot read the log lets clients in (found by simulation)',
    file: 'server/room/room.ts',
    find: "if (this.#rev < head && !this.#closed) throw new StorageUnavailable('The log has more, and could not be read.');",
    replace: '',
  },
  {
    name: 'entries of another node are taken although they do not follow',
    file: 'server/room/write-loop.ts',
    find: 'if (brought[0]?.rev === this.#room.rev + 1) this.#room.take(brought);',
    replace: 'if (brought.length > 0) this.#room.take(brought);',
  },
  {
    name: 'entries of another node are not told',
    file: 'server/room/room.ts',
    find: 'for (const entry of entries) this.#apply(entry);\n    this.#tell(entries);',
    replace: 'for (const entry of entries) this.#apply(entry);',
  },
  {
    name: 'a Y.Doc stays when another node has appended',
    file: 'server/room/write-loop.ts',
    find: 'this.#room.bridge.discard();\n      if (brought',
    replace: 'if (brought',
  },
  {
    name: 'heads of the log are asked for, and what they say is ignored',
    file: 'server/cluster/head-poll.ts',
    find: 'if (head !== undefined) room.follow(head);',
    replace: '',
  },
  {
    name: 'locks are not looked up again',
    file: 'server/cluster/head-poll.ts',
    find: 'if (head === undefined || recheck) await rooms.recheck(room);',
    replace: 'if (head === undefined) await rooms.recheck(room);',
  },
  {
    name: 'a lock that another node opened is not told',
    file: 'server/room/room.ts',
    find: '...(locked !== before.locked && { locked }),',
    replace: '',
  },
  {
    name: 'a word about an older socket ends the newest',
    file: 'server/cluster/room-feed.ts',
    find: "if (since === undefined || since > at || !person || person.kind === 'yjs') return;",
    replace: "if (since === undefined || !person || person.kind === 'yjs') return;",
  },
  {
    name: 'a lock of one’s own is undone by an older look (found by simulation)',
    file: 'server/room/meta.ts',
    find: 'const done = this.#queue.then(read).then((stored) => {',
    replace: 'const reading = read();\n    const done = this.#queue.then(() => reading).then((stored) => {',
  },
  {
    name: 'who moved away and left at once is shown for ever (found by simulation)',
    file: 'server/cluster/room-feed.ts',
    find: "this.#announce(this.#neighbours.came(node, person, this.#deps.clock.now()));\n    const why = 'A newer connection took the place of this one.';\n    audience.movedAway(",
    replace: "void node;\n    const why = 'A newer connection took the place of this one.';\n    audience.supersede(",
  },
  {
    name: 'two nodes let people into two rooms behind one link (found by simulation)',
    file: 'server/rooms.ts',
    find: 'if (!this.#deps.cluster) return room;',
    replace: 'if (Math.abs(0) === 0) return room;',
  },
  {
    name: 'what another node settled is not looked up after a conflict',
    file: 'server/room/write-loop.ts',
    find: 'if (last && waiting.has(author)) room.settle(author, last);',
    replace: '',
  },
];
