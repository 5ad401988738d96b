import type { RoomClient, Seat } from '../rig/room.ts';
import { MemberBase } from './member-base.ts';
import { Opcode, openWire } from './wire.ts';

/** As much as a character of typing has in a binary protocol with everything that belongs to it. */
const PAYLOAD_BYTES = 40;

/** Rooms of the bare broadcast. Each message says who typed, and how much by now; the rest is padding. */
export function bareWsRoom(port: number, path: string): RoomClient {
  return {
    join: (seat) => new BareMember(seat).open({ port, path }),
    membersText: () => null,
    freshText: () => Promise.resolve(null),
  };
}

/** Leaves a text that whoever comes later is sent. */
export function storeText(port: number, path: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = 0;
    const opening = openWire({
      port,
      path,
      onMessage() {
        // The first one is what was stored before, the second one the answer.
        if (++heard < 2) return;
        void opening.then((wire) => wire.close());
        resolve();
      },
    });
    opening.then((wire) => wire.send(Buffer.from(text), Opcode.text), reject);
  });
}

class BareMember extends MemberBase {
  readonly isSettled = true;
  readonly #seat: Seat;
  readonly #payload = Buffer.alloc(PAYLOAD_BYTES, '.');
  #typed = 0;

  constructor(seat: Seat) {
    super();
    this.#seat = seat;
  }

  type(): void {
    this.#payload.writeUInt32BE(this.#seat.index, 0);
    this.#payload.writeUInt32BE(++this.#typed, 4);
    this.wire.send(this.#payload);
  }

  protected greet(): void {}

  protected hear(payload: Buffer, opcode: number, now: number): void {
    if (opcode === Opcode.text) return this.joined(now);
    this.#seat.saw(payload.readUInt32BE(0), payload.readUInt32BE(4), now);
  }
}
