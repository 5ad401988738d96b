import { fileURLToPath } from 'node:url';
import { freshName } from '../../../e2e/harness/tokens.ts';
import { createDocument, sharedbRoom } from '../clients/sharedb.ts';
import type { Peer } from '../rig/peer.ts';
import { startProgram } from '../rig/start-program.ts';

const script = fileURLToPath(new URL('servers/sharedb.mjs', import.meta.url));

/** ShareDB with its own memory database and text-unicode: the one peer with a model like ours. */
export const sharedb: Peer = {
  name: 'ShareDB',
  async start() {
    const program = await startProgram((port) => ({ args: [script, String(port)] }));
    return {
      pid: program.pid,
      port: program.port,
      async openRoom(text) {
        const document = { port: program.port, id: freshName() };
        await createDocument(document, text);
        return sharedbRoom(document, text);
      },
      async stop() {
        await program.kill('SIGKILL');
      },
    };
  },
};
