/**
 * What the histories really contained, counted, each with the least that a full run of `HISTORIES_OF_MINIMA` histories
 * has to show: a simulator whose faults no longer happen would pass for ever.
 */
export const MINIMA = {
  /** Edits on screens, and those over REST. */
  edits: 200_000,
  restEdits: 10_000,
  entries: 150_000,
  faults: 40_000,
  crashes: 2_000,
  gracefulStops: 500,
  /** Requests that were on their way to the disk when the server crashed, and are lost; and those that are not. */
  lostInCrash: 200,
  keptInCrash: 200,
  failedWrites: 2_000,
  /** Writes that were done although the server was told that they failed. */
  secretWrites: 500,
  conflicts: 500,
  foreignEntries: 2_000,
  cuts: 5_000,
  halfOpen: 2_000,
  stalls: 2_000,
  superseded: 500,
  impostors: 500,
  slowConsumers: 10,
  lateEvents: 1_000,
  resends: 2_000,
  resendsAnsweredByAck: 100,
  settledWithoutEntry: 100,
  settledSeenInWelcome: 200,
  resumes: 5_000,
  catchUpRevisions: 20_000,
  /** Reads of the log for a catch-up or an old edit, as it was no longer in memory. */
  logReads: 500,
  textRebases: 500,
  rebasesWithPending: 200,
  transformsOverPending: 10_000,
  loads: 3_000,
  failedLoads: 100,
  unloads: 500,
  snapshots: 2_000,
  hashes: 2_000,
  clockJumps: 500,
  freezes: 500,
  offlines: 500,
  closedTabs: 300,
  killedTabs: 300,
  endedWithPending: 100,
  takenOver: 100,
  staleRecords: 10,
  reusedSeqs: 5,
  journalFailures: 100,
  pastes: 200,
  splitEdits: 100,
  restores: 100,
  freshRooms: 100,
  longLogs: 10,
  viewers: 50,
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
