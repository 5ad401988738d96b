import { fileURLToPath } from 'node:url';
import { freshToken } from '../../../e2e/harness/tokens.ts';
import { bareWsRoom, storeText } from '../clients/bare-ws.ts';
import type { Peer } from '../rig/peer.ts';
import { programServer } from '../rig/program-server.ts';

const script = fileURLToPath(new URL('servers/bare-ws.mjs', import.meta.url));

/** A bare broadcast over `ws`, the library that Tandem uses too: the practical floor. */
export const bareWs: Peer = {
  name: 'bare ws',
  start: () =>
    programServer(
      (port) => ({ args: [script, String(port)] }),
      async (port, text) => {
        const path = `/${freshToken()}`;
        await storeText(port, path, text);
        return bareWsRoom(port, path);
      },
    ),
};
