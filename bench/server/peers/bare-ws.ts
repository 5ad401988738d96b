import { fileURLToPath } from 'node:url';
import { freshToken } from '../../../e2e/harness/tokens.ts';
import { bareWsRoom, storeText } from '../clients/bare-ws.ts';
import type { Peer } from '../rig/peer.ts';
import { startProgram } from '../rig/start-program.ts';

const script = fileURLToPath(new URL('servers/bare-ws.mjs', import.meta.url));

/** A bare broadcast over `ws`, the library that Tandem uses too: the practical floor. */
export const bareWs: Peer = {
  name: 'bare ws',
  async start() {
    const program = await startProgram((port) => ({ args: [script, String(port)] }));
    return {
      pid: program.pid,
      port: program.port,
      async openRoom(text) {
        const path = `/${freshToken()}`;
        await storeText(program.port, path, text);
        return bareWsRoom(program.port, path);
      },
      async stop() {
        await program.kill('SIGKILL');
      },
    };
  },
};
