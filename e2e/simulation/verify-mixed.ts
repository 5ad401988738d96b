import type { Range } from '../../lib/protocol/index.ts';
import type { Room } from '../../server/room/room.ts';
import type { Caller } from './network.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import type { YjsScreen } from './yjs-screen.ts';

/** The last word on Yjs clients: their texts are the log's, and everybody sees everybody where they are (P4, P12). */
export function checkMixedAtRest(stage: Stage, screens: readonly Screen[], yjs: readonly YjsScreen[]): void {
  const { world, replica } = stage;
  const ledger = stage.ledger();
  if (!ledger) return;
  if (!replica.covers) world.fail('P12', 'Yjs clients are here, and something is still owed to them.');
  for (const one of yjs) {
    if (one.text.toJSON() !== ledger.text) world.fail('P4', `${one.name} shows another text than the log has.`);
    checkOthersOf(one, stage, yjs);
    for (const screen of screens) checkSeen(one, screen, stage);
  }
  for (const one of yjs) world.mix(one.clientId);
}

/** Does a Yjs client see who is in the room, and where? */
function checkOthersOf(one: YjsScreen, stage: Stage, yjs: readonly YjsScreen[]): void {
  const { world } = stage;
  const room = roomOf(one, stage);
  if (!room) return world.fail('P4', `${one.name} is in a room that its node does not have.`);
  const seen = [...one.states]
    .filter(([id]) => !yjs.some(({ clientId }) => clientId === id))
    .map(([, state]) => told(nameIn(state), one.caretOf(state)))
    .toSorted();
  const there = room.audience
    .people()
    // Yjs clients of this node have spoken for themselves.
    .filter(({ kind, author }) => kind !== 'yjs' || !room.audience.hasAuthor(author))
    .map(({ name, author }) => told(name, room.audience.caretsOf(author)[0] ?? null))
    .toSorted();
  if (seen.join('; ') !== there.join('; ')) {
    world.fail('P4', `${one.name} sees [${seen.join('; ')}], and the room has [${there.join('; ')}].`);
  }
  for (const other of yjs) {
    // Those of other nodes have another id here.
    if (roomOf(other, stage) !== room) continue;
    if (!one.states.has(other.clientId)) world.fail('P4', `${one.name} does not see ${other.name}.`);
  }
}

/** Does a screen see a Yjs client where that is by its own word? */
function checkSeen(one: YjsScreen, screen: Screen, stage: Stage): void {
  const { world } = stage;
  const person = screen.client.view().people.find(({ name, kind }) => kind === 'yjs' && name === one.name);
  if (!person) return world.fail('P4', `${screen.name} does not see ${one.name}.`);
  // Between nodes a caret is told when it moves, and not again.
  if (roomOf(one, stage) !== roomOf(screen, stage)) return;
  const own = one.caretOf(one.states.get(one.clientId));
  const shown = screen.carets.find(({ author }) => author === person.author)?.ranges[0] ?? null;
  if (own && told('', shown) !== told('', own)) {
    world.fail(
      'P4',
      `${screen.name} sees the caret of ${one.name} at${told('', shown)}, and it is at${told('', own)}.`,
    );
  }
}

/** The room on the node where somebody is. */
function roomOf(caller: Caller, { network, roomId }: Stage): Room | undefined {
  return [...(network.serverOf(caller)?.rooms.loaded() ?? [])].find(({ id }) => id === roomId());
}

function nameIn(state: Record<string, unknown>): string {
  const user = state['user'] as { name?: string } | undefined;
  return user?.name ?? '';
}

function told(name: string, caret: Range | null): string {
  return `${name} ${caret ? caret.join('–') : 'nowhere'}`;
}
