import type { Room } from '../../server/room/room.ts';
import type { Attendance } from './attendance.ts';
import type { SimulatedDisk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import type { Network } from './network.ts';
import type { Replica } from './replica.ts';
import type { Races } from './races.ts';
import type { SimulatedBus } from './simulated-bus.ts';
import type { Tokens } from './tokens.ts';
import type { Traits } from './traits.ts';
import type { World } from './world.ts';

/** The tokens of the one room that everything is about. */
export interface RoomTokens {
  edit: string;
  owner: string;
  view: string;
}

/** What everybody in a history stands on. */
export interface Stage {
  readonly world: World;
  readonly traits: Traits;
  readonly network: Network;
  readonly disk: SimulatedDisk;
  readonly tokens: Tokens;
  readonly attendance: Attendance;
  readonly room: RoomTokens;
  /** The room's log as the witness knows it; null before the room exists. */
  readonly ledger: () => Ledger | null;
  /** The room's Y.Doc as the witness knows it. */
  readonly replica: Replica;
  /** What the nodes of a history with several have between them; null with one. */
  readonly cluster: { bus: SimulatedBus; races: Races } | null;
  /** The room's internal id; empty before it exists. */
  readonly roomId: () => string;
}

/** The room on every node that has it in memory. */
export function roomsOf({ network, roomId }: Stage): Room[] {
  return network.servers.flatMap(({ rooms }) => [...rooms.loaded()].filter(({ id }) => id === roomId()));
}
