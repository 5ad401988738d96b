import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, healthy, root, spawnNode, temporaryFolder } from '../../../e2e/harness/index.ts';

/** The limit of a text as the bundle has it, and one that 5 MB fit into. */
const LIMIT = 'document: 2097152';
const ROOMY = 'document: 6291456';

export interface RoomyServer {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** The server as it was built, but for the limit of a text, which is 2 MiB otherwise. */
export async function startRoomyServer(): Promise<RoomyServer> {
  const bundle = readFileSync(join(root, 'dist', 'server.mjs'), 'utf8');
  if (bundle.split(LIMIT).length !== 2) throw new Error(`The server's bundle does not say “${LIMIT}” once.`);
  // Beside the original, whose workers it starts.
  const script = join(root, 'dist', `server-for-long-texts-${process.pid}.mjs`);
  writeFileSync(script, bundle.replace(LIMIT, ROOMY));
  const port = await freePort();
  const dataDir = temporaryFolder();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    // Each typist has an address of their own.
    TRUST_PROXY: '1',
  };
  const server = spawnNode([script], env);
  await healthy(url, server);
  return {
    url,
    pid: server.pid,
    async stop() {
      await server.kill('SIGTERM');
      rmSync(script, { force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
