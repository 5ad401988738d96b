// First, because it has to be loaded before Yjs.
import './page-globals.ts';
import { Attendance } from './attendance.ts';
import { SimulatedDisk } from './disk.ts';
import type { Coverage } from './coverage.ts';
import { Faults } from './faults.ts';
import { ForeignNode } from './foreign-node.ts';
import { Ledger } from './ledger.ts';
import { Network } from './network.ts';
import { Owner } from './owner.ts';
import { People } from './people.ts';
import { Replica } from './replica.ts';
import { fillRoom, sideRoom, storedRoom } from './rooms.ts';
import { Races } from './races.ts';
import { RestCaller } from './rest-caller.ts';
import { ServerKeeper } from './server-keeper.ts';
import { SimulatedBus } from './simulated-bus.ts';
import { roomsOf, type Stage } from './stage.ts';
import { Tokens } from './tokens.ts';
import { traitsOf } from './traits.ts';
import { checkAtRest, checkPeople } from './verify.ts';
import { drawToken, waitAround, World } from './world.ts';
import { YjsFaults } from './yjs-faults.ts';
import { YjsPeople } from './yjs-people.ts';
import { checkMixedAtRest } from './verify-mixed.ts';

/** Everything is good again, and still nothing comes to rest for this long, in ms: a violation. Backoff alone may take 30 s. */
const REST_WITHIN_MS = 240_000;
/** How often it is looked whether all is at rest, in ms. */
const LOOK_EVERY_MS = 250;
/** At rest all stay for this long, in ms, so that hashes are compared and late events come. */
const LINGER_MS = 2_500;
/**
 * With Yjs clients or several nodes, in ms: they say where they are once more, and forget those whose leaving they were not
 * told.
 */
const LONG_LINGER_MS = 34_000;
/** How long the bus between nodes stays as bad as it is when all else is good again, in ms. */
const BUS_DOWN_MS = 4_000;
/** How long a log is that nobody gets in one page. */
const LONG_LOG = 1_200;

export interface HistoryResult {
  seed: number;
  coverage: Coverage;
  /** Equal for two runs of one seed. */
  digest: number;
}

/** Plays the history of `seed` from beginning to end. Throws a `Violation` if a promise was broken in it. */
export async function playHistory(
  seed: number,
  options: { traced: boolean } = { traced: false },
): Promise<HistoryResult> {
  const world = new World(seed, options.traced);
  const stage = buildStage(world);
  const { scheduler } = world;
  const violated = (): boolean => world.violation !== null;
  const run = async (ms: number): Promise<void> => {
    await scheduler.run(scheduler.now + ms, violated);
    if (world.violation) throw world.violation;
  };

  const rest = new RestCaller(stage);
  const side = drawToken(world.random('side'));
  stage.disk.state.createRoom(sideRoom(side));
  prepareRoom(stage);
  const keeper = new ServerKeeper(stage, rest, side);
  const people = new People(stage);
  for (let left = stage.traits.screens; left > 0; left--) people.open();
  if (stage.traits.viewer && stage.ledger()) {
    world.coverage.count('viewers');
    people.open(true);
  }
  if (stage.traits.start === 'long') openLate(stage, people);
  const faults = new Faults(stage, people, keeper);
  const yjs = stage.traits.yjs && new YjsPeople(stage, stage.traits.yjs);
  const yjsFaults = yjs && new YjsFaults(stage, yjs);
  if (yjs) world.coverage.count('mixed');
  const foreign = new ForeignNode(stage);
  askNowAndThen(stage, rest);
  const owner = new Owner(stage);
  const all: Everybody = { people, yjs, rest, owner };

  await run(stage.traits.troubleMs);
  people.rest();
  yjs?.rest();
  foreign.rest();
  owner.rest();
  faults.end();
  // The last edits are to be found without it.
  scheduler.after(BUS_DOWN_MS, () => stage.cluster?.bus.mend());
  yjsFaults?.end();
  // Whoever wrote behind a lone server's back is noticed at the server's next edit.
  if (foreign.wrote && !stage.cluster) nudge(stage, rest);
  const deadline = scheduler.now + REST_WITHIN_MS;
  // Once more if something came while they lingered, such as the last nudge, of which half-open sockets hear nothing.
  do {
    while (!isAtRest(stage, all)) {
      await run(LOOK_EVERY_MS);
      if (scheduler.now > deadline) world.fail('rest', `Nothing is broken any more, and yet: ${describe(stage, all)}.`);
      if (world.violation) throw world.violation;
    }
    await run(lingerMs(stage));
  } while (!isAtRest(stage, all));
  checkAtRest(stage, people.screens);
  if (stage.cluster) checkPeople(stage, people.screens, yjs?.screens ?? []);
  if (yjs) checkMixedAtRest(stage, people.screens, yjs.screens);
  if (world.violation) throw world.violation;
  return { seed, coverage: world.coverage, digest: world.digest };
}

function buildStage(world: World): Stage {
  const { scheduler, coverage } = world;
  const traits = traitsOf(world);
  const random = world.random('tokens');
  const room =
    traits.start === 'named'
      ? { edit: 'a-room-with-a-name', owner: '', view: '' }
      : { edit: drawToken(random), owner: drawToken(random), view: drawToken(random) };
  let ledger: Ledger | null = null;
  const replica = new Replica(world);
  let id = '';
  const diskRandom = world.random('disk');
  const disk = new SimulatedDisk(
    {
      after: scheduler.after,
      stir: () => scheduler.stir(),
      random: diskRandom,
      groupMs: () => waitAround(diskRandom, traits.diskMs),
      count: (event) => coverage.count(event),
    },
    {
      created(born) {
        if (!born.links.some(({ token }) => token === room.edit)) return;
        if (traits.start === 'fresh' || traits.start === 'named') coverage.count('freshRooms');
        ledger = new Ledger(world, born.epoch);
        id = born.id;
      },
      appended(where, batch) {
        if (where !== id) return;
        replica.record(batch);
        for (const entry of batch.entries) {
          ledger?.commit(entry);
          replica.commit(entry, ledger?.text ?? '');
        }
        for (const { author, seq } of batch.settled) ledger?.settle(author, seq);
      },
      snapshot(where, { rev, text }) {
        if (where !== id) return;
        coverage.count('snapshots');
        if (ledger?.textAt(rev) === text) return;
        world.fail(
          'P11',
          `A snapshot of revision ${rev} is not the text of the log, which ends at ${ledger?.head ?? 0}.`,
        );
      },
      lineage(where, saved) {
        if (where === id) replica.saved(saved, ledger?.textAt(saved.rev));
      },
      conflict() {
        coverage.count('conflicts');
      },
    },
  );
  return {
    world,
    traits,
    network: new Network(world, traits.latencyMs, traits.cluster?.nodes ?? 1),
    disk,
    tokens: new Tokens(),
    attendance: new Attendance(),
    room,
    ledger: () => ledger,
    replica,
    cluster: traits.cluster && { bus: new SimulatedBus(world, traits.cluster), races: new Races(world) },
    roomId: () => id,
  };
}

/** Puts the room on the disk, if it is to be there before anybody comes. */
function prepareRoom(stage: Stage): void {
  const { traits, disk, world, room } = stage;
  const random = world.random('room');
  switch (traits.start) {
    case 'fresh':
    case 'named':
      return;
    case 'stored':
      disk.state.createRoom(storedRoom(random, room));
      return;
    case 'long':
      disk.state.createRoom(storedRoom(random, room));
      world.coverage.count('longLogs');
      fillRoom(random, stage, LONG_LOG + random.int(LONG_LOG));
  }
}

/** Somebody with the page of long ago, who types before the network is there. */
function openLate(stage: Stage, people: People): void {
  const random = stage.world.random('late');
  const screen = people.openStale(random.int(LONG_LOG / 4));
  stage.world.scheduler.after(stage.traits.troubleMs / 2, () => {
    screen.offline = false;
  });
}

function askNowAndThen(stage: Stage, rest: RestCaller): void {
  const { traits, world, network } = stage;
  if (traits.restEveryMs === 0) return;
  const random = world.random('rest times');
  const which = world.random('rest nodes');
  const again = (): void => {
    world.scheduler.after(waitAround(random, traits.restEveryMs), () => {
      if (world.elapsed > traits.troubleMs) return;
      const server = network.someServer(which);
      if (server) rest.ask(server);
      again();
    });
  };
  again();
}

/** Edits over REST until the server's room is where the log is. */
function nudge(stage: Stage, rest: RestCaller): void {
  const { world, network } = stage;
  world.scheduler.after(LOOK_EVERY_MS, () => {
    const { server } = network.hosts[0];
    if (server && !rest.busy) rest.ask(server);
    const head = stage.ledger()?.head ?? 0;
    if (!server || roomsOf(stage).some(({ rev }) => rev < head)) nudge(stage, rest);
  });
}

/** Everybody who has to come to rest. */
interface Everybody {
  people: People;
  yjs: YjsPeople | null;
  rest: RestCaller;
  owner: Owner;
}

function isAtRest(stage: Stage, { people, yjs, rest, owner }: Everybody): boolean {
  const head = stage.ledger()?.head ?? 0;
  return (
    stage.network.hosts.every(({ server, closing }) => server !== null && server.idle && !closing) &&
    roomsOf(stage).every(({ rev, meta }) => rev === head && !meta.locked) &&
    !rest.busy &&
    owner.rests &&
    people.screens.every((screen) => screen.restsAt(head)) &&
    (yjs === null || (yjs.complete && yjs.screens.every((screen) => screen.rests)))
  );
}

function lingerMs({ traits }: Stage): number {
  return traits.yjs || traits.cluster ? LONG_LINGER_MS : LINGER_MS;
}

function describe(stage: Stage, { people, yjs }: Everybody): string {
  const screens = people.screens.map(({ name, client }) => {
    const { online, unsaved, rev, status } = client.view();
    return `${name} is ${online ? 'online' : 'not online'} (${status.kind}) at revision ${rev} with ${unsaved} unsaved`;
  });
  const others = yjs?.screens.map((screen) => screen.describe()) ?? [];
  const nodes = roomsOf(stage).map(({ rev, meta }) => `a node has revision ${rev}${meta.locked ? ', locked' : ''}`);
  return `the log ends at ${stage.ledger()?.head ?? 0}; ${[...nodes, ...screens, ...others].join('; ')}`;
}
