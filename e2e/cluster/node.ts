import { rmSync } from 'node:fs';
import { freePort, healthy, spawnServer, temporaryFolder } from '../harness/server.ts';
import type { Exit, RunningProcess, Wrapper } from '../harness/processes.ts';
import { mortal } from '../harness/programs.ts';

/** One server process of a cluster. */
export interface ClusterNode {
  readonly name: string;
  /** Past nginx. */
  readonly url: string;
  readonly port: number;
  /** What it logged, over all of its starts. */
  output(): string;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<Exit>;
  /** Ends it politely: it drains. */
  stop(): Promise<Exit>;
  /** Starts it again, ending it first if it runs, and waits until it serves. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Starts a node and waits until it serves. `onDeath` hears of an end that nobody here has asked for. */
export async function startNode(name: string, env: Record<string, string>, onDeath: () => void): Promise<ClusterNode> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Postgres keeps the rooms; a node that writes here all the same must not write into the checkout.
  const dataDir = temporaryFolder();
  const wrapper = wrapperOf(mortal());
  const earlier: string[] = [];
  let asked = false;
  let current = spawnIt();
  await healthy(url, current);

  function spawnIt(): RunningProcess {
    const child = spawnServer({ port, dataDir, env: { NODE_NAME: name, ...env }, ...(wrapper && { wrapper }) });
    asked = false;
    void child.exited.then(() => {
      if (!asked) onDeath();
    });
    return child;
  }

  function end(signal: NodeJS.Signals): Promise<Exit> {
    asked = true;
    return current.kill(signal);
  }

  return {
    name,
    url,
    port,
    output: () => [...earlier, current.output()].join(''),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async restart() {
      await end('SIGKILL');
      earlier.push(current.output());
      current = spawnIt();
      await healthy(url, current);
    },
    async close() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function wrapperOf([program, ...args]: readonly string[]): Wrapper | null {
  return program === undefined ? null : [program, ...args];
}
