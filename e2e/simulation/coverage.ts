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
  hashes: 40_000,
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
  yjsEdits: 1,
  yjsOfflineEdits: 1,
  yjsReturns: 1,
  yjsFormats: 1,
  yjsOtherRoots: 1,
  yjsEmbeds: 1,
  yjsEntries: 1,
  yjsUpdates: 1,
  yjsAnswers: 1,
  yjsWarnings: 1,
  yjsCuts: 1,
  yjsHalfOpen: 1,
  yjsStalls: 1,
  yjsFreezes: 1,
  yjsOfflines: 1,
  yjsReplaced: 1,
  yjsTakenOver: 1,
  yjsCrowds: 1,
  yjsTryAgain: 1,
  /** Roots that the log names; entries without bytes after that, and those that bring all that was owed. */
  lineages: 1,
  owedEntries: 1,
  owedSettled: 1,
  identityEntries: 1,
  lineageSaves: 1,
  lineageLoads: 1,
  failedLineageSaves: 1,
  failedLineageLoads: 1,
  /** The Y.Doc of a room left memory, and the room did not. */
  forgottenDocs: 1,
  yjsRestores: 1,
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
