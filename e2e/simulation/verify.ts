import type { Screen } from './screen.ts';
import { roomsOf, type Stage } from './stage.ts';
import type { YjsScreen } from './yjs-screen.ts';

/** The last word on a history: all is at rest, and everybody has to agree on everything (P1 to P6). */
export function checkAtRest(stage: Stage, screens: readonly Screen[]): void {
  const { world, disk, tokens } = stage;
  const ledger = stage.ledger();
  if (!ledger) return;
  ledger.checkFinal(disk.state.entries(stage.roomId(), 1, Infinity, Infinity));
  const { text, head } = ledger;
  for (const screen of screens) {
    screen.compare();
    const { rev, unsaved } = screen.client.view();
    if (rev !== head || unsaved > 0) world.fail('rest', `${screen.name} left its rest at revision ${rev} of ${head}.`);
    if (!screen.viewer && !screen.canEdit) world.fail('P8', `${screen.name} may not write, and the room is open.`);
    if (screen.text !== text) world.fail('P4', `${screen.name} shows another text than the log has.`);
  }
  for (const room of roomsOf(stage)) {
    if (room.text() !== text) world.fail('P4', 'A server holds another text than the log.');
  }
  tokens.check(text, world);
  for (let at = 0; at < text.length; at += 97) world.mix(text.charCodeAt(at));
}

/** Does everybody see everybody else, on whatever node (P4)? */
export function checkPeople({ world, traits }: Stage, screens: readonly Screen[], yjs: readonly YjsScreen[]): void {
  // With a backup come other numbers, and a client that gets one which somebody had takes itself for another person.
  if (traits.faults.includes('restore')) return;
  const names = [...screens, ...yjs].map(({ name }) => name).toSorted();
  for (const screen of screens) {
    const there = names.filter((name) => name !== screen.name);
    const seen = screen.client
      .view()
      .people.map(({ name }) => name)
      .toSorted();
    if (seen.join(' ') === there.join(' ')) continue;
    world.fail('P4', `${screen.name} sees [${seen.join(' ')}], and there are [${there.join(' ')}].`);
  }
}
