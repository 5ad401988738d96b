import type { PeerServer } from './peer.ts';
import { startProgram } from './start-program.ts';

/** A peer whose server is a program that keeps nothing on disk: killed, it leaves nothing behind. */
export async function programServer(
  command: Parameters<typeof startProgram>[0],
  openRoom: (port: number, ...wanted: Parameters<PeerServer['openRoom']>) => ReturnType<PeerServer['openRoom']>,
): Promise<PeerServer> {
  const { pid, port, kill } = await startProgram(command);
  return {
    pid,
    port,
    openRoom: (...wanted) => openRoom(port, ...wanted),
    async stop() {
      await kill('SIGKILL');
    },
  };
}
