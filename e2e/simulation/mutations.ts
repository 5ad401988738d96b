import { CLUSTER_MUTATIONS } from './cluster-mutations.ts';
import type { Mutation } from './mutation.ts';

/**
 * Deliberate faults, each of which would lose, double or scramble somebody's words. The simulator is worth its time as
 * long as it notices every one of them.
 */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the plan knows no duplicates',
    file: 'server/room/plan.ts',
    find: "if (last && seq <= last.seq) return { kind: 'settled', seq, rev: last.rev };\n    if (seq !== due) return refuse('bad-seq', `Edit ${seq} came where edit ${due} was due.`);",
    replace: '',
  },
  {
    name: 'a duplicate is settled by any older seq',
    file: 'server/room/plan.ts',
    find: 'if (last && seq <= last.seq) return',
    replace: 'if (last && seq < last.seq) return',
  },
  {
    name: 'shown before it is durable',
    file: 'server/room/write-loop.ts',
    find: 'const result = await this.#deps.storage.append(this.#room.id, planned.batch);',
    replace:
      'const writing = this.#deps.storage.append(this.#room.id, planned.batch);\n          this.#room.publish(planned);\n          await writing;\n          return;\n          const result = { ok: true } as { ok: boolean };',
  },
  {
    name: 'applied and told before the append',
    file: 'server/room/write-loop.ts',
    find: 'const result = await this.#deps.storage.append(this.#room.id, planned.batch);',
    replace:
      'this.#room.publish({ ...planned, outcomes: [] });\n          const result = await this.#deps.storage.append(this.#room.id, planned.batch);\n          if (result.ok) {\n            for (const { submission, outcome } of planned.outcomes) submission.done(outcome);\n            return;\n          }',
  },
  {
    name: 'shown in its turn although it is not durable',
    file: 'server/room/write-loop.ts',
    find: 'isDurable && planned !== null ? publish(planned) : byLoop()',
    replace: 'planned !== null ? publish(planned) : byLoop()',
  },
  {
    name: 'what is not durable in its turn is forgotten',
    file: 'server/room/write-loop.ts',
    find: 'this.#run(batch);',
    replace: 'this.#run([]);',
  },
  {
    name: 'an append whose answer was lost counts as done',
    file: 'server/room/write-loop.ts',
    find: 'this.#storeIs(false);\n',
    replace:
      'this.#storeIs(false);\n        for (const one of batch) one.done({ kind: "settled", seq: one.seq === "next" ? 1 : one.seq, rev: this.#room.rev });\n        return;\n',
  },
  {
    name: 'wrong side of a tie on the server',
    file: 'lib/ot/transform-over.ts',
    find: "moved = transform(moved, other, 'right');",
    replace: "moved = transform(moved, other, 'left');",
  },
  {
    name: 'wrong side of a tie within a batch',
    file: 'server/room/plan.ts',
    find: "for (const entry of entries) op = transform(op, entry.op, 'right');",
    replace: "for (const entry of entries) op = transform(op, entry.op, 'left');",
  },
  {
    name: 'not transformed over the rest of the batch',
    file: 'server/room/plan.ts',
    find: "for (const entry of entries) op = transform(op, entry.op, 'right');",
    replace: '',
  },
  {
    name: 'wrong side of a tie on the client',
    file: 'lib/ot/chunked-op.ts',
    find: '[moved, compose(near, moved)] : transformPair(moved, near);',
    replace: '[moved, compose(near, moved)] : transformPair(near, moved).toReversed();',
  },
  {
    name: 'a snapshot ahead of the log',
    file: 'server/room/room.ts',
    find: 'const rev = this.#rev;\n    const text = this.#text.snapshot();',
    replace: 'const rev = this.#rev + 1;\n    const text = this.#text.snapshot();',
  },
  {
    name: 'a snapshot with the text of later',
    file: 'server/room/room.ts',
    find: '() => this.#deps.storage.saveSnapshot(this.id, { rev, text: text.toString() }, this.redactions)',
    replace:
      'async () => { await pause(this.#deps.clock, 50); await this.#deps.storage.saveSnapshot(this.id, { rev, text: this.#text.toString() }, this.redactions); void text; }',
  },
  {
    name: 'typing goes into the outstanding edit',
    file: 'lib/client/document.ts',
    find: 'const buffer = bufferOf(state.pending);\n  const rest = buffer ? buffer.compose(op) : ChunkedOp.of(op);\n',
    replace:
      'const buffer = bufferOf(state.pending);\n  const sent = outstandingOf(state.pending);\n  if (sent && !buffer) return { ...state, pending: pendingOf({ ...sent, op: sent.op.compose(op) }, null) };\n  const rest = buffer ? buffer.compose(op) : ChunkedOp.of(op);\n',
  },
  {
    name: 'sent again under a new seq',
    file: 'lib/client/document.ts',
    find: 'const pending = outstanding ? pendingOf({ ...outstanding, seq }, bufferOf(state.pending)) : state.pending;\n  return nothing({ ...state, epoch, you, seq,',
    replace:
      'const pending = outstanding ? pendingOf({ ...outstanding, seq: outstanding.seq + 1 }, bufferOf(state.pending)) : state.pending;\n  return nothing({ ...state, epoch, you, seq: seq + 1,',
  },
  {
    name: 'welcome.last is not looked at when starting from the text',
    file: 'lib/client/rebase.ts',
    find: 'const settledSeq = last?.seq ?? 0;',
    replace: 'const settledSeq = state.pending.kind === "awaiting" ? state.seq - 1 : (last?.seq ?? 0);',
  },
  {
    name: 'welcome.last is not looked at when resuming',
    file: 'lib/client/document.ts',
    find: '  if (outstanding && outstanding.seq <= settledSeq) {',
    replace: '  if (outstanding && outstanding.seq < 0) {',
  },
  {
    name: 'what was outstanding is forgotten with the connection',
    file: 'lib/client/document.ts',
    find: 'const pending = outstanding ? pendingOf({ ...outstanding, seq }, bufferOf(state.pending)) : state.pending;',
    replace: 'const pending = outstanding ? pendingOf(null, bufferOf(state.pending)) : state.pending;',
  },
  {
    name: 'a catch-up from the log skips an entry',
    file: 'server/room/arrivals.ts',
    find: 'const page = firstPortion(read, historyPage, batchUnits);',
    replace:
      'const page = firstPortion(read, historyPage, batchUnits).filter((one) => kept !== null || one.rev !== at + 2);',
  },
  {
    name: 'a revision at the end of a catch-up is missed (found by simulation)',
    file: 'server/room/arrivals.ts',
    find: 'while (member.rev < this.#room.rev && isHere()) {',
    replace: 'const newest = this.#room.rev;\n    while (member.rev < newest && isHere()) {',
  },
  {
    name: 'the server doubles its own edit when an answer was lost (found by simulation)',
    file: 'server/room/write-loop.ts',
    find: 'batch = pinLogged(batch, tried, followed);',
    replace: 'void pinLogged;',
  },
  {
    name: 'who joins a room while it is created is not in it (found by simulation)',
    file: 'server/room/birth.ts',
    find: 'if (who.author <= written) continue;',
    replace: 'if (who.author > 0) continue;',
  },
  {
    name: 'a half-loaded room is served',
    file: 'server/room/room.ts',
    find: 'for (const entry of stored.entries) this.#apply(entry);',
    replace: 'for (const entry of stored.entries.slice(0, -1)) this.#apply(entry);',
  },
  {
    name: 'a room that failed to load is served empty',
    file: 'server/rooms.ts',
    find: 'const stored = await this.#deps.storage.loadRoom(id);\n    if (!stored) throw',
    replace:
      "const stored = await this.#deps.storage.loadRoom(id).catch(() => ({ id, epoch: id, shard: '', title: '', language: '', createdAt: 0, file: null, locked: false, notes: { chat: 0, threads: 0 }, snapshot: null, entries: [] }));\n    if (!stored) throw",
  },
  {
    name: 'a failed load is remembered',
    file: 'server/rooms.ts',
    find: 'if (this.#resident.get(id) === resident) this.#drop(id);\n      },',
    replace: 'void 0;\n      },',
  },
  {
    name: 'an older socket of a client stays in the room',
    file: 'server/room/audience.ts',
    find: 'this.#members.delete(author);\n    for (const watcher of this.#watchers) watcher.replaced(author);\n    older.end(fault);',
    replace: 'void fault;',
  },
  {
    name: 'a leaving socket takes the newer one with it',
    file: 'server/room/audience.ts',
    find: 'if (!this.has(member)) return;\n    this.#members.delete(author);',
    replace: 'this.#members.delete(author);',
  },
  {
    name: 'a conflict is not planned again',
    file: 'server/room/write-loop.ts',
    find: 'await this.#followLog(batch, followed);\n            continue;',
    replace: 'await this.#followLog(batch, followed);\n            return;',
  },
  {
    name: 'after a conflict the old plan is appended',
    file: 'server/room/write-loop.ts',
    find: 'const planned = await this.#plan(batch, now);',
    replace: 'const planned: Plan = tried.at(-1) ?? (await this.#plan(batch, now));',
  },
  {
    name: 'a failing append drops its edits',
    file: 'server/room/write-loop.ts',
    find: 'await pause(this.#deps.clock, Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** tries));',
    replace: 'return;',
  },
  {
    name: 'a text is sent before the edits that still wait are settled',
    file: 'server/room/arrivals.ts',
    find: 'await this.#room.idle(author);',
    replace: '',
  },
  {
    name: 'an identity is acknowledged and not stored',
    file: 'server/room/plan.ts',
    find: 'settled.push({ author: submission.author, seq, rev });',
    replace: '',
  },
  {
    name: 'late messages of an older socket are heard',
    file: 'lib/client/connection.ts',
    find: 'const current = () => this.#token === mine;',
    replace: 'const current = () => this.#token !== null || mine === null;',
  },
  {
    name: 'another epoch is resumed as if it were the same',
    file: 'server/room/arrivals.ts',
    find: 'return from.epoch === this.#room.epoch && behind >= 0',
    replace: 'return behind >= 0',
  },
  {
    name: 'all that was missed is composed into one op before the transform',
    file: 'server/room/plan.ts',
    find: 'let op = transformOver(submission.op, on.since(submission.rev));',
    replace: "let op = transform(submission.op, composeAll(on.since(submission.rev)), 'right');",
    imports: "import { composeAll } from '../../lib/ot/index.ts';",
  },
  {
    name: 'an edit is sent before the journal has it',
    file: 'lib/client/outbox.ts',
    find: 'if (!this.#journal) return true;',
    replace: 'if (Math.abs(0) === 0) return true;\n    if (!this.#journal) return true;',
  },
  {
    name: 'an old record of a client reuses numbers (found by simulation)',
    file: 'lib/client/document.ts',
    find: 'seq: Math.max(state.seq, settledSeq), settled: last }',
    replace: 'settled: last }',
  },
  {
    name: 'what is settled of a waiting author runs ahead of the log (found by simulation)',
    file: 'server/room/settled-authors.ts',
    find: 'if (last && !isOurs && last.seq >',
    replace: 'if (last && (!isOurs || isOurs) && last.seq >',
  },
  {
    name: 'a lineage is made of the text on every load',
    file: 'server/room/lineage.ts',
    find: 'const stored = await storage.loadLineage(room);',
    replace: 'const stored = (await storage.loadLineage(room)) && null;',
  },
  {
    name: 'an entry goes without its bytes',
    file: 'server/room/plan.ts',
    find: 'return log(submission.author, seq, op, stage?.edit(op));',
    replace: 'stage?.edit(op);\n    return log(submission.author, seq, op, undefined);',
  },
  {
    name: 'Yjs clients are shown updates before the append',
    file: 'server/room/write-loop.ts',
    find: 'const result = await this.#deps.storage.append(this.#room.id, planned.batch);',
    replace:
      'this.#room.bridge.publish(entries);\n          const result = await this.#deps.storage.append(this.#room.id, planned.batch);',
  },
  {
    name: 'a Y.Doc that met a conflict stays',
    file: 'server/room/write-loop.ts',
    find: 'bridge.discard();\n            await this.#followLog',
    replace: 'await this.#followLog',
  },
  {
    name: 'a Y.Doc whose append failed stays',
    file: 'server/room/write-loop.ts',
    find: 'bridge.discard();\n        if (error instanceof StageSpoilt)',
    replace: 'if (error instanceof StageSpoilt)',
  },
  {
    name: 'what is owed to a lineage is dropped',
    file: 'server/room/lineage.ts',
    find: 'owed = yjs ? null : owing(owed, op);',
    replace: 'owed = yjs ? null : owed; void owing; void op;',
  },
  {
    name: 'what bytes cover is still owed',
    file: 'server/room/lineage.ts',
    find: 'owed = yjs ? null : owing(owed, op);',
    replace: 'owed = yjs ? owed : owing(owed, op);',
  },
  {
    name: 'the repairs of an update are not sent',
    file: 'lib/yjs/shared-text.ts',
    find: "return { kind: 'edit', op, update: this.#update, repaired };",
    replace: "return { kind: 'edit', op, update: repaired ? update : this.#update, repaired };",
  },
  {
    name: 'a root is recorded again and again',
    file: 'server/room/lineage.ts',
    find: 'unrecordedRoot: state.recorded ? null : this.#root,',
    replace: 'unrecordedRoot: this.#root,',
  },
  {
    name: 'a lineage is saved ahead of the log',
    file: 'server/room/lineage.ts',
    find: "return state.kind === 'loaded' && !state.ahead && state.owed === null ? state.shared : null;",
    replace: "return state.kind === 'loaded' && state.owed === null ? state.shared : null;",
  },
  {
    name: 'a saved Y.Doc claims a revision that it has not',
    file: 'server/room/bridge.ts',
    find: 'const write = (): Promise<void> => this.#deps.storage.saveLineage(id, { rev, state });',
    replace: 'const write = (): Promise<void> => this.#deps.storage.saveLineage(id, { rev: rev + 1, state });',
  },
  {
    name: 'questions to a Y.Doc are answered while it is ahead',
    file: 'server/room/lineage.ts',
    find: 'state.ahead = true;\n          return taken;',
    replace: 'return taken;',
  },
  {
    name: 'the author of owed entries is forgotten while one is planned (found by simulation)',
    file: 'server/room/bridge.ts',
    find: 'if (author === this.#signer) return true;',
    replace: '',
  },
  {
    name: 'the first words of a socket count as an echo if they come late (found by simulation)',
    file: 'server/yjs-gateway/yjs-self.ts',
    find: 'if (isOpening || !this.#toldOthers)',
    replace: 'if (!this.#toldOthers)',
  },
  ...CLUSTER_MUTATIONS,
];
