import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { spawnServer, temporaryFolder } from '../harness/server.ts';

it('a server does not serve pages that were built for another base path, and says what to do', async () => {
  const dataDir = temporaryFolder();
  try {
    const server = spawnServer({ port: 0, dataDir, env: { BASE_PATH: '/not/the/one' } });
    const { code } = await server.exited;
    expect(code).toBe(1);
    expect(server.output()).toMatch(/^BASE_PATH is "\/not\/the\/one", and the pages were built for ".*"\. Build them/m);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
