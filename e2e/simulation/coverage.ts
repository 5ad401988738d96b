/**
 * What the histories really contained, counted, each with the least that a full run of `HISTORIES_OF_MINIMA` histories
 * has to show: a simulator whose faults no longer happen would pass for ever.
 */
export const MINIMA = {
  /** Edits on screens, and those over REST. */
  edits: 200_000,
  restEdits: 10_000,
  entries: 100_000,
  faults: 40_000,
  crashes: 4_000,
  gracefulStops: 1_000,
  /** Requests that were on their way to the disk when the server crashed, and are lost; and those that are not. */
  lostInCrash: 200,
  keptInCrash: 300,
  failedWrites: 5_000,
  /** Writes that were done although the server was told that they failed. */
  secretWrites: 1_500,
  conflicts: 4_000,
  foreignEntries: 10_000,
  cuts: 1_500,
  bounces: 1_000,
  halfOpen: 2_000,
  stalls: 1_500,
  superseded: 2_000,
  impostors: 1_000,
  slowConsumers: 20,
  lateEvents: 5_000,
  resends: 3_000,
  resendsAnsweredByAck: 100,
  settledWithoutEntry: 500,
  settledSeenInWelcome: 5_000,
  resumes: 10_000,
  catchUpRevisions: 100_000,
  /** Reads of the log for a catch-up or an old edit, as it was no longer in memory. */
  logReads: 20_000,
  textRebases: 2_000,
  rebasesWithPending: 2_000,
  transformsOverPending: 80_000,
  loads: 6_000,
  failedLoads: 150,
  unloads: 1_000,
  snapshots: 20_000,
  hashes: 30_000,
  clockJumps: 1_000,
  freezes: 2_000,
  offlines: 2_000,
  closedTabs: 1_000,
  killedTabs: 2_000,
  endedWithPending: 3_000,
  takenOver: 2_000,
  staleRecords: 40,
  reusedSeqs: 8,
  journalFailures: 800,
  pastes: 1_000,
  splitEdits: 200,
  restores: 150,
  freshRooms: 300,
  longLogs: 15,
  viewers: 70,
  /** Histories with Yjs clients, and what became of them. */
  mixed: 500,
  yjsEdits: 15_000,
  yjsOfflineEdits: 6_000,
  yjsReturns: 800,
  yjsFormats: 800,
  yjsOtherRoots: 800,
  yjsEmbeds: 800,
  yjsEntries: 20_000,
  yjsUpdates: 40_000,
  yjsAnswers: 3_000,
  yjsCuts: 70,
  yjsHalfOpen: 500,
  yjsStalls: 250,
  yjsFreezes: 350,
  yjsOfflines: 1_500,
  yjsReplaced: 1_500,
  yjsTakenOver: 800,
  yjsCrowds: 350,
  yjsTryAgain: 250,
  /** Roots that the log names; entries without bytes after that, and those that bring all that was owed. */
  lineages: 400,
  owedEntries: 4_000,
  owedSettled: 1_500,
  identityEntries: 2_500,
  lineageSaves: 5_000,
  lineageLoads: 2_500,
  failedLineageSaves: 50,
  failedLineageLoads: 200,
  /** The Y.Doc of a room left memory, and the room did not. */
  forgottenDocs: 15,
  yjsRestores: 12,
  /** Starts of nodes that share a store, sockets that came to another node than before, and how nodes raced for a revision. */
  nodeStarts: 1_500,
  moves: 1_500,
  racesWon: 400,
  racesLost: 3_000,
  /** The bus between them: what came, what of it was lost, and how often a node was without it. */
  busMessages: 25_000,
  busLost: 4_000,
  busDownSpells: 1_000,
  /** Revisions that a node found by asking the store. */
  polledRevisions: 2_500,
  /** The owner locked the room; edits were put off for that. */
  locks: 700,
  lockedEdits: 100,
} as const;

export type Event = keyof typeof MINIMA;

/** The size of run that the minima are for. */
export const HISTORIES_OF_MINIMA = 2_000;

export class Coverage {
  readonly counts = new Map<Event, number>();

  count(event: Event, times = 1): void {
    this.counts.set(event, (this.counts.get(event) ?? 0) + times);
  }

  add(other: Coverage): void {
    for (const [event, times] of other.counts) this.count(event, times);
  }

  get(event: Event): number {
    return this.counts.get(event) ?? 0;
  }

  /** Events that happened less often than a run of `histories` has to show, in words. */
  gaps(histories: number): string[] {
    const share = histories / HISTORIES_OF_MINIMA;
    return EVENTS.filter((event) => this.get(event) < Math.floor(MINIMA[event] * share)).map(
      (event) => `${event}: ${this.get(event)} of at least ${Math.floor(MINIMA[event] * share)}`,
    );
  }

  /** A line for each event. */
  table(): string {
    return EVENTS.map((event) => `${event.padEnd(24)} ${this.get(event)}`).join('\n');
  }
}

const EVENTS = Object.keys(MINIMA) as Event[];
