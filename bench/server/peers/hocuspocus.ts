import { fileURLToPath } from 'node:url';
import { yjsRoom } from '../clients/yjs.ts';
import { beginWith } from '../clients/yjs-beginning.ts';
import type { Peer } from '../rig/peer.ts';
import { startProgram } from '../rig/start-program.ts';

const script = fileURLToPath(new URL('servers/hocuspocus.mjs', import.meta.url));

/** Hocuspocus without extensions, which is its default: nothing is stored. */
export const hocuspocus: Peer = {
  name: 'Hocuspocus',
  async start() {
    let rooms = 0;
    const program = await startProgram((port) => ({ args: [script, String(port)] }));
    return {
      pid: program.pid,
      port: program.port,
      openRoom: (text, history) =>
        Promise.resolve(yjsRoom({ port: program.port, path: '/', document: `r${rooms++}` }, beginWith(text, history))),
      async stop() {
        await program.kill('SIGKILL');
      },
    };
  },
};
