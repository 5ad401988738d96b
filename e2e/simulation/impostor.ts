import { DEFAULT_LIMITS } from '../../lib/protocol/index.ts';
import { Monitor } from './monitor.ts';
import type { Caller } from './network.ts';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';

/** Somebody with a screen's client id, who joins, so that the screen is superseded, and leaves after `ms`. Writes nothing. */
export class Impostor implements Caller {
  readonly name: string;
  offline = false;

  constructor(stage: Stage, screen: Screen, ms: number) {
    const { network, world, room } = stage;
    this.name = `impostor of ${screen.name}`;
    const record = {
      name: this.name,
      clientId: screen.clientId,
      sent: new Map<string, string>(),
      sentBefore: new Map<string, string>(),
      newestSeq: 0,
      welcomed: false,
      messageBytes: DEFAULT_LIMITS.message,
    };
    const token = screen.viewer ? room.view : room.edit;
    const socket = network.connect(
      this,
      {
        open: () => socket.send(JSON.stringify({ t: 'hello', v: 1, token, client: screen.clientId })),
        message: () => undefined,
        closed: () => undefined,
      },
      new Monitor(stage, record, false),
      (server, wire) => server.accept(wire),
    );
    world.scheduler.after(ms, () => socket.close());
  }
}
