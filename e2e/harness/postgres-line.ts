import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a database server that can fail in the ways in which lines do. */
export interface PostgresLine {
  /** The same address as the one given, through this line. */
  readonly url: string;
  /** From now on what the server says gets lost; what it is told still arrives. */
  loseAnswers(): void;
  /** Cuts all connections, and lets new ones through as if nothing had been. */
  cut(): void;
  close(): Promise<void>;
}

/** Puts a line before the server of a `postgres://` address on the loopback. */
export async function openPostgresLine(url: string): Promise<PostgresLine> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let losing = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        if (from === near || !losing) to.write(chunk);
      });
      // Every error is followed by a close.
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(url);
  own.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    losing = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: own.href,
    loseAnswers: () => void (losing = true),
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
