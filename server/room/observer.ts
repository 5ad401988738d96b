import type { Plan } from './plan.ts';

/** Hears how a room's loop goes, for whoever counts. Must not throw, and costs the loop its time. */
export interface RoomObserver {
  /** A batch begins to be written. Called with what became of it once it is durable and told. */
  batch(): (published: Plan) => void;
  /** Somebody else's entries were in the way of an append. */
  conflict(): void;
}
