import { apply, replacement, type Op } from '../ot/index.ts';
import { type FakeDevice, type ManualClock, FakeNetwork, type FakeServer, seededRandom } from '../testing/index.ts';
import { openRoom } from './open-room.ts';
import type { OpenRoom, RemoteCaret, RemoteChange, RoomClient } from './types.ts';

/** A room with an editor on it, for tests: the editor has a text of its own, changed only by what it is told. */
export class TestScreen {
  readonly network: FakeNetwork;
  readonly client: RoomClient;
  readonly changes: RemoteChange[] = [];
  carets: readonly RemoteCaret[] = [];
  moved: readonly number[] = [];
  /** What the editor shows. */
  text: string;

  constructor(
    server: FakeServer,
    clock: ManualClock,
    id: number,
    options: Partial<OpenRoom> & { withoutPage?: boolean; device?: FakeDevice; offline?: boolean } = {},
  ) {
    const { withoutPage, device, offline, ...given } = options;
    this.network = new FakeNetwork(server, clock, seededRandom(id), id);
    this.network.down = offline ?? false;
    if (device) this.network.journal = device.page();
    const initial = withoutPage || given.create ? undefined : server.page();
    this.client = openRoom({
      token: 'aaaaaaaaaaaaaaaaaaaaaa',
      me: { person: `person-${id}`, name: `Person ${id}`, color: 1 + (id % 12) },
      environment: this.network,
      ...(initial && { initial }),
      ...given,
    });
    this.text = this.client.text();
    this.client.onChange((change) => {
      this.changes.push(change);
      this.text = apply(this.text, change.op);
    });
    this.client.onCarets((carets, cause) => {
      this.carets = carets;
      this.moved = cause.moved;
    });
  }

  get view() {
    return this.client.view();
  }

  get status() {
    return this.view.status.kind;
  }

  /** Types at `position`, over `deleted` units. */
  type(position: number, text: string, deleted = 0): void {
    this.edit(replacement(position, deleted, text));
  }

  edit(op: Op): void {
    this.text = apply(this.text, op);
    this.client.edit(op);
  }
}
