import { fileURLToPath } from 'node:url';
import { yjsRoom } from '../clients/yjs.ts';
import { inOnePiece, letterByLetter } from '../clients/yjs-beginning.ts';
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
      openRoom: (text, how) =>
        Promise.resolve(
          yjsRoom(
            { port: program.port, path: '/', document: `r${rooms++}` },
            how === 'letter by letter' ? letterByLetter(text) : inOnePiece(text),
          ),
        ),
      async stop() {
        await program.kill('SIGKILL');
      },
    };
  },
};
