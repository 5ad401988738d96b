import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between two processes, which can fail as networks do. */
export interface Line {
  /** Who connects here, on the loopback, talks to the target. */
  readonly port: number;
  /** `reset` ends all connections and refuses new ones at once; `silent` leaves them open and carries nothing, as a firewall. */
  cut(how: 'reset' | 'silent'): void;
  /** Carries again. What was cut silently is ended, since bytes of it are missing. */
  mend(): void;
  close(): Promise<void>;
}

/** Opens a line to a port of the loopback; the target need not be there yet. */
export async function openLine(targetPort: number): Promise<Line> {
  let state: 'whole' | 'reset' | 'silent' = 'whole';
  const sockets = new Set<Socket>();

  const server = createServer((near) => {
    hold(near);
    switch (state) {
      case 'reset':
        near.resetAndDestroy();
        return;
      case 'silent':
        near.resume();
        return;
      case 'whole': {
        const far = hold(connect(targetPort, '127.0.0.1'));
        carry(near, far);
        carry(far, near);
      }
    }
  });

  function hold(socket: Socket): Socket {
    sockets.add(socket);
    socket.setNoDelay(true);
    // Every error is followed by a close.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  }

  function carry(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      // A silent line takes bytes and forgets them: whoever sent them must not feel that nobody reads.
      if (state !== 'whole' || to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('close', () => {
      if (state !== 'silent') to.destroy();
    });
  }

  function destroyAll(): void {
    for (const socket of sockets) socket.resetAndDestroy();
  }

  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut(how) {
      state = how;
      if (how === 'reset') destroyAll();
    },
    mend() {
      destroyAll();
      state = 'whole';
    },
    async close() {
      destroyAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
