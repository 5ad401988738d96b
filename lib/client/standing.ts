import { DEFAULT_LIMITS, type Limits, type Role, type ServerMessage, type Welcome } from '../protocol/index.ts';

/** What this screen may do in its room, as the server last told. While we are away it stays as it was. */
export class Standing {
  #role: Role;
  #locked = false;
  #limits: Limits = DEFAULT_LIMITS;
  #storeOk = true;

  /** `role`: what the page or its journal says, until the first welcome. */
  constructor(role: Role) {
    this.#role = role;
  }

  get role(): Role {
    return this.#role;
  }

  /** The owner made the room read-only for everybody. */
  get locked(): boolean {
    return this.#locked;
  }

  get limits(): Limits {
    return this.#limits;
  }

  /** The server can write to its disk, as far as it said. */
  get storeOk(): boolean {
    return this.#storeOk;
  }

  /** Do the link and the lock allow edits? */
  get mayWrite(): boolean {
    return this.#role !== 'view' && !this.#locked;
  }

  welcomed(welcome: Welcome): void {
    this.changed(welcome);
    this.#limits = welcome.limits;
    this.#storeOk = true;
  }

  /** Absent `locked` means no, so that servers which know no lock are understood. */
  changed({ role, locked = false }: { role: Role; locked?: boolean }): void {
    this.#role = role;
    this.#locked = locked;
  }

  stored({ ok }: ServerMessage & { t: 'store' }): void {
    this.#storeOk = ok;
  }
}
