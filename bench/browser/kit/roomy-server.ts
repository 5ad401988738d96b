import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, healthy, root, spawnNode, temporaryFolder } from '../../../e2e/harness/index.ts';
import { asIfElsewhere } from './elsewhere.ts';

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
  // Beside the original, so that it finds the pages and the libraries.
  const folder = join(root, `dist-for-long-texts-${process.pid}`);
  cpSync(join(root, 'dist'), folder, { recursive: true });
  makeRoomy(folder);
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
  const server = spawnNode([join(folder, 'server.mjs')], env);
  asIfElsewhere(server.pid);
  await healthy(url, server);
  return {
    url,
    pid: server.pid,
    async stop() {
      await server.kill('SIGTERM');
      rmSync(folder, { recursive: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function makeRoomy(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
  const saying = files.filter((name) => readFileSync(join(folder, name), 'utf8').includes(LIMIT));
  const [file] = saying;
  if (file === undefined || saying.length > 1) throw new Error(`${saying.length} files of the server say “${LIMIT}”.`);
  const bundle = readFileSync(join(folder, file), 'utf8');
  writeFileSync(join(folder, file), bundle.replace(LIMIT, ROOMY));
}
