import { fileURLToPath } from 'node:url';
import { freshToken } from '../../../e2e/harness/tokens.ts';
import { yjsRoom } from '../clients/yjs.ts';
import { beginWith } from '../clients/yjs-beginning.ts';
import type { Peer } from '../rig/peer.ts';
import { programServer } from '../rig/program-server.ts';

/** What `npx y-websocket` runs. */
const script = fileURLToPath(new URL('../../node_modules/@y/websocket-server/src/server.js', import.meta.url));

/** The server of Yjs, without persistence, which is its default. */
export const yWebsocket: Peer = {
  name: 'y-websocket',
  start: () =>
    programServer(
      (port) => ({ args: [script], env: { HOST: '127.0.0.1', PORT: String(port) } }),
      (port, text, history) =>
        Promise.resolve(yjsRoom({ port, path: `/${freshToken()}`, document: null }, beginWith(text, history))),
    ),
};
