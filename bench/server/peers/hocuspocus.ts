import { fileURLToPath } from 'node:url';
import { yjsRoom } from '../clients/yjs.ts';
import { beginWith } from '../clients/yjs-beginning.ts';
import type { Peer } from '../rig/peer.ts';
import { programServer } from '../rig/program-server.ts';

const script = fileURLToPath(new URL('servers/hocuspocus.mjs', import.meta.url));

/** Hocuspocus without extensions, which is its default: nothing is stored. */
export const hocuspocus: Peer = {
  name: 'Hocuspocus',
  start() {
    let rooms = 0;
    return programServer(
      (port) => ({ args: [script, String(port)] }),
      (port, text, history) =>
        Promise.resolve(yjsRoom({ port, path: '/', document: `r${rooms++}` }, beginWith(text, history))),
    );
  },
};
