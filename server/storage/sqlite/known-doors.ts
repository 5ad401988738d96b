import { label } from '../label.ts';
import type { Door, Link } from '../storage.ts';

/** Tokens that are known at most. Beyond it all are forgotten, and learned anew when somebody knocks. */
const MOST_DOORS = 10_000;
/** Guests kept out of a room that are known here at most; with more, whoever knocks there is the storage's thread's. */
export const MOST_BARRED = 100;

/** A link, and all who are kept out of its room. */
export interface OpenDoor {
  link: Link;
  barred: readonly string[];
}

/**
 * What stands behind tokens, as far as this thread has learned it, so that whoever comes into a room that people come into wakes no other
 * thread. Only one process writes a data folder, so nothing changes without being learned here.
 */
export interface KnownDoors {
  /** As `Storage.findDoor`; undefined: not known, ask the thread. */
  find(token: string, guests: readonly string[]): Door | undefined;
  /** Before the thread is asked. Gives what takes its answer, and keeps it unless a link or guest of any room changed meanwhile. */
  question(): (token: string, answer: OpenDoor) => void;
  /** Links of a room, or who is kept out of it, change from now on, until what it gives is called. */
  changing(room: string): () => void;
}

/** The door as somebody finds it who is known by `guests`. */
export function doorOf({ link, barred }: OpenDoor, guests: readonly string[]): Door {
  return { link: { ...link }, isBarred: guests.some((guest) => barred.includes(label(guest))) };
}

export function createKnownDoors(): KnownDoors {
  const doors = new Map<string, OpenDoor>();
  const tokens = new Map<string, Set<string>>();
  /** Changes that were begun, and those that have ended. */
  let begun = 0;
  let ended = 0;

  function keep(token: string, door: OpenDoor): void {
    if (doors.size >= MOST_DOORS) {
      doors.clear();
      tokens.clear();
    }
    doors.set(token, door);
    const { room } = door.link;
    const ofRoom = tokens.get(room) ?? new Set();
    tokens.set(room, ofRoom.add(token));
  }

  return {
    find(token, guests) {
      const known = doors.get(token);
      return known && doorOf(known, guests);
    },
    question() {
      const before = begun;
      const isQuiet = begun === ended;
      return (token, answer) => {
        if (isQuiet && before === begun) keep(token, answer);
      };
    },
    changing(room) {
      for (const token of tokens.get(room) ?? []) doors.delete(token);
      tokens.delete(room);
      begun++;
      return () => void ended++;
    },
  };
}
