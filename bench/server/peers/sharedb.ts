import { fileURLToPath } from 'node:url';
import { freshName } from '../../../e2e/harness/tokens.ts';
import { createDocument, sharedbRoom } from '../clients/sharedb.ts';
import type { Peer } from '../rig/peer.ts';
import { programServer } from '../rig/program-server.ts';

const script = fileURLToPath(new URL('servers/sharedb.mjs', import.meta.url));

/** ShareDB with its own memory database and text-unicode: the one peer with a model like ours. */
export const sharedb: Peer = {
  name: 'ShareDB',
  start: () =>
    programServer(
      (port) => ({ args: [script, String(port)] }),
      async (port, text) => {
        const document = { port, id: freshName() };
        await createDocument(document, text);
        return sharedbRoom(document, text);
      },
    ),
};
