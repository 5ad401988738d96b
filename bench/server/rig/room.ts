import { Traffic } from './traffic.ts';

/** One socket in a room, of a client without a screen. */
export interface Member {
  /** Types one character at its own caret. It may wait behind an edit that is under way, as the peer's own client does it. */
  type(): void;
  /** Nothing of its own waits for an answer. */
  readonly isSettled: boolean;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly messagesIn: number;
  /** When the last byte of its first text had come, as of `performance.now()`. */
  readonly joinedAt: number;
  close(): void;
}

/** What a peer's client needs to know of the room that it is in. Members have numbers from 0, in the order of their coming. */
export interface Seat {
  readonly index: number;
  /** A message has told how many characters of a member there are by now, from the beginning of the room. */
  saw(member: number, upTo: number, now: number): void;
}

/** How one peer's rooms are joined and checked. One for each room. */
export interface RoomClient {
  /** Resolves when the member has the text and hears of every further edit. `at`: where in the first text it will type. */
  join(seat: Seat, at: number): Promise<Member>;
  /**
   * The text that all members have: what they were told, put together, once that was found the same for all of them. Throws
   * if it was not. Null if the peer has no text.
   */
  membersText(): string | null;
  /** The text as the server tells it to whoever joins now. */
  freshText(): Promise<string | null>;
}

/** The generator's side of a room: who typed what when, and who has seen how much of it. */
export class Room {
  readonly #client: RoomClient;
  readonly #members: Member[] = [];
  /** When each character was typed, by member. */
  readonly #typedAt: number[][] = [];
  /** By member, and by writer. */
  readonly #seen: number[][] = [];
  #traffic = new Traffic();

  constructor(client: RoomClient) {
    this.#client = client;
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  /** Counts what is typed from here on into `traffic`. The room must be quiet. */
  countInto(traffic: Traffic): void {
    this.#traffic = traffic;
  }

  /** The room must be quiet, so that it is clear what the newcomer has in its text already. */
  async join(at: number): Promise<Member> {
    const index = this.#typedAt.length;
    const typedAt: number[] = [];
    const seen = this.#typedAt.map(({ length }) => length);
    this.#typedAt.push(typedAt);
    this.#seen.push(seen);
    const member = await this.#client.join(
      { index, saw: (writer, upTo, now) => this.#saw(index, writer, upTo, now) },
      at,
    );
    this.#members[index] = member;
    return member;
  }

  type(index: number): void {
    this.#typedAt[index]?.push(performance.now());
    this.#traffic.typed++;
    this.#traffic.expected += this.#members.length - 1;
    this.#members[index]?.type();
  }

  get isSettled(): boolean {
    return this.#members.every(({ isSettled }) => isSettled);
  }

  /** Throws unless everybody has the same text, the server too. The room must be quiet. */
  async agree(): Promise<void> {
    const typed = this.#typedAt.map(({ length }) => length);
    for (const [index, seen] of this.#seen.entries()) {
      const missing = typed.findIndex((count, writer) => writer !== index && (seen[writer] ?? 0) !== count);
      if (missing >= 0) {
        throw new Error(
          `Member ${index} has ${seen[missing] ?? 0} of ${typed[missing] ?? 0} characters of ${missing}.`,
        );
      }
    }
    const shown = this.#client.membersText();
    const fresh = await this.#client.freshText();
    if (shown !== fresh) {
      throw new Error(
        `The members’ text has ${shown?.length} units and the server’s ${fresh?.length}, and they differ.`,
      );
    }
  }

  close(): void {
    for (const member of this.#members) member.close();
  }

  #saw(member: number, writer: number, upTo: number, now: number): void {
    const seen = this.#seen[member];
    const typedAt = this.#typedAt[writer];
    if (seen === undefined || typedAt === undefined || member === writer) return;
    const before = seen[writer] ?? 0;
    for (let place = before; place < upTo; place++) {
      const at = typedAt[place];
      if (at === undefined) throw new Error(`Member ${member} was told of a character that ${writer} never typed.`);
      this.#traffic.delivered++;
      this.#traffic.toOthers.add(now - at);
    }
    if (upTo > before) seen[writer] = upTo;
  }
}
