import { DEFAULT_LIMITS } from '../../lib/protocol/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../../server/limits.ts';
import { drawClusterTraits, type ClusterTraits } from './cluster-traits.ts';
import { oneIn, type World } from './world.ts';

export type FaultKind =
  | 'cut'
  | 'bounce'
  | 'stall'
  | 'offline'
  | 'freeze'
  | 'crash'
  | 'stop'
  | 'diskFails'
  | 'diskFull'
  | 'clockJump'
  | 'impostor'
  | 'closeTab'
  | 'killTab'
  | 'journalFails'
  | 'networkEvent'
  | 'sideRoom'
  | 'everybodyLeaves'
  | 'restore';

/** What one history is like. All times are virtual milliseconds. */
export interface Traits {
  screens: number;
  /** One more with a view link. */
  viewer: boolean;
  /** Browsers keep what is not acknowledged. */
  journal: boolean;
  /** People type and things break for this long; then the network, the disk and the server are good. */
  troubleMs: number;
  typeEveryMs: number;
  faultEveryMs: number;
  faults: readonly FaultKind[];
  /** Over REST, and by another node straight into the log; 0 for never. */
  restEveryMs: number;
  foreignEveryMs: number;
  latencyMs: number;
  diskMs: number;
  /** Where in the text everybody likes to write, 0 to 1. */
  hot: number;
  start: 'stored' | 'fresh' | 'named' | 'long';
  limits: ServerLimits;
  /** Null: nobody has a Yjs client. */
  yjs: YjsTraits | null;
  /** Null: one server has the store for itself. */
  cluster: ClusterTraits | null;
  /** How often the owner locks the room, in ms; 0 for never. */
  lockEveryMs: number;
}

/** The Yjs clients of a history. */
export interface YjsTraits {
  screens: number;
  /** One more with a view link. */
  viewer: boolean;
  /** Where they look for the text; null: their address does not say. */
  root: string | null;
  /** What a socket of theirs is held to, where it differs from the others'. */
  limits: Partial<ServerLimits>;
}

/** Which faults happen, and how often beside each other. Crashes and cuts are what everything else has to survive. */
const FAULTS: Record<FaultKind, number> = {
  cut: 5,
  bounce: 5,
  stall: 4,
  offline: 2,
  freeze: 2,
  crash: 4,
  stop: 1,
  diskFails: 2,
  diskFull: 1,
  clockJump: 1,
  impostor: 1,
  closeTab: 1,
  killTab: 2,
  journalFails: 1,
  networkEvent: 2,
  sideRoom: 1,
  everybodyLeaves: 1,
  restore: 0,
};

function drawTraits(random: SeededRandom): Traits {
  const restores = oneIn(random, 8);
  // Each history knows only some faults: what always happens together hides what each does alone.
  const known = (Object.keys(FAULTS) as FaultKind[]).filter((kind) => kind === 'cut' || random.int(4) > 0);
  const faults = known.flatMap((kind) => Array.from({ length: FAULTS[kind] }, () => kind));
  if (restores) faults.push('restore', 'restore');
  const start = random.pick(['stored', 'stored', 'stored', 'stored', 'stored', 'fresh', 'fresh', 'named'] as const);
  const long = oneIn(random, 60);
  return {
    screens: 2 + random.int(4),
    viewer: oneIn(random, 8),
    journal: !oneIn(random, 3),
    troubleMs: 18_000 + random.int(12_000),
    typeEveryMs: random.pick([80, 110, 140, 180]),
    faultEveryMs: random.pick([400, 700, 1_100]),
    faults,
    restEveryMs: random.pick([0, 400, 1_500]),
    foreignEveryMs: oneIn(random, 5) ? random.pick([300, 1_000]) : 0,
    latencyMs: random.pick([1, 20, 60, 200]),
    diskMs: random.pick([1, 5, 20, 120]),
    hot: random.next(),
    start: long ? 'long' : start,
    limits: drawLimits(random, long),
    yjs: null,
    cluster: null,
    lockEveryMs: 0,
  };
}

/** One seed in so many has an owner who locks the room now and then. */
const LOCKED_ONE_IN = 5;

/** The traits of the history of a world. Each kind has random numbers of its own, so that it does not shuffle the others'. */
export function traitsOf(world: World): Traits {
  const drawn = mixedTraits(world.seed, drawTraits(world.random('traits')), world.random('yjs traits'));
  const locks = world.random('lock traits');
  return {
    ...drawn,
    cluster: drawClusterTraits(world.random('nodes')),
    lockEveryMs: oneIn(locks, LOCKED_ONE_IN) ? locks.pick([2_000, 6_000]) : 0,
  };
}

/** One seed in so many has Yjs clients too. */
const MIXED_ONE_IN = 4;

/** The traits of a seed: `drawn`, unless it is one with Yjs clients. */
function mixedTraits(seed: number, drawn: Traits, random: SeededRandom): Traits {
  if (seed % MIXED_ONE_IN !== MIXED_ONE_IN - 1) return drawn;
  return {
    ...drawn,
    screens: 1 + random.int(3),
    foreignEveryMs: random.pick([0, 0, 700, 2_000]),
    limits: { ...drawn.limits, historyPage: random.pick([2, 40, 1_000]) },
    yjs: {
      screens: 1 + random.int(3),
      // Who may only read cannot bring back what a restored backup lacks, and would keep it for ever.
      viewer: oneIn(random, 6) && !drawn.faults.includes('restore'),
      root: random.pick([null, 'content']),
      limits: {
        unansweredEdits: random.pick([1, 3, 200]),
        yjsWaiting: random.pick([3, 20_000, 20_000]),
      },
    },
  };
}

/** With this limit in bytes every paste is cut. */
export const SMALL_MESSAGE = 420;

/** Small enough that a short history reaches them. */
function drawLimits(random: SeededRandom, long: boolean): ServerLimits {
  const small = oneIn(random, 6);
  return {
    ...DEFAULT_SERVER_LIMITS,
    advertised: {
      ...DEFAULT_LIMITS,
      message: small ? SMALL_MESSAGE : DEFAULT_LIMITS.message,
      opsPerSecond: small ? 20 : DEFAULT_LIMITS.opsPerSecond,
      catchUp: long
        ? DEFAULT_LIMITS.catchUp
        : random.pick([0, 10, 40, 1_000, DEFAULT_LIMITS.catchUp, DEFAULT_LIMITS.catchUp]),
    },
    recentEntries: random.pick([1, 4, 30, 2_000]),
    batch: random.pick([1, 3, 1_000]),
    rooms: random.pick([1, 2, 100]),
    roomIdleMs: random.pick([0, 300, 2_000, 60_000]),
    snapshotRevisions: random.pick([1, 7, 50, 500]),
    snapshotIdleMs: random.pick([300, 2_000, 30_000]),
    hashIdleMs: random.pick([300, 1_500]),
  };
}
