import { type CreatedRoom, request } from '../../../e2e/harness/rest.ts';
import { startServer } from '../../../e2e/harness/server.ts';
import { freshAddress, tandemRoom } from '../clients/tandem.ts';
import type { Peer } from '../rig/peer.ts';

/**
 * The server as `npm start` runs it, pages and all, with a fresh folder on this machine's disk. Callers have an address each, as
 * behind a proxy: a thousand people behind one would meet the limits of an address.
 */
export const tandem: Peer = tandemWith({});

/** The same with a folder that has rooms already. It stays. */
export function tandemAt(dataDir: string): Peer {
  return tandemWith({ DATA_DIR: dataDir });
}

function tandemWith(env: Record<string, string>): Peer {
  return {
    name: 'Tandem',
    async start() {
      const server = await startServer({ env: { TRUST_PROXY: '1', ...env } });
      return {
        pid: server.pid,
        port: server.port,
        async openRoom(text) {
          const answer = await request(server.url, 'POST', '/api/rooms', {
            body: JSON.stringify({ text }),
            headers: { 'content-type': 'application/json', 'x-forwarded-for': freshAddress() },
          });
          if (answer.status !== 201) throw new Error(`POST /api/rooms answered ${answer.status}: ${answer.text()}`);
          return tandemRoom(server.port, answer.json<CreatedRoom>().links.edit.token);
        },
        async stop() {
          await server.stop();
        },
      };
    },
  };
}
