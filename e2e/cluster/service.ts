import { type Exit, type RunningProcess, spawnProgram } from '../harness/processes.ts';
import { eventually } from '../harness/eventually.ts';

/** A program that the nodes need, and that may fail them. */
export interface Service {
  readonly port: number;
  /** Ends it; what it has on disk stays. */
  stop(): Promise<void>;
  /** Starts it again and waits until it serves. */
  start(): Promise<void>;
  /** Suspends it: connections stay, and nobody answers. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

export interface ServiceOptions {
  name: string;
  port: number;
  command: readonly string[];
  /** Does it serve? */
  ready: () => Promise<boolean>;
  /** Ends it quickly, without waiting for those who are connected. */
  stopSignal: NodeJS.Signals;
  /** After the end: removes what it had on disk. */
  remove: () => void;
  /** Hears of an end that nobody here has asked for. */
  onDeath: (name: string, exit: Exit) => void;
}

/** Starts a program and waits until it serves. Throws with its words if it ends instead. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, port, command, ready, stopSignal, remove, onDeath } = options;
  let asked = true;
  let current = await begin();

  async function begin(): Promise<RunningProcess> {
    const child = spawnProgram(command);
    let ended = false;
    void child.exited.then((exit) => {
      ended = true;
      if (!asked) onDeath(name, exit);
    });
    await eventually(`${name} to serve`, async () => ended || (await ready()), 20_000);
    if (ended) throw new Error(`${name} ended instead of serving:\n${child.output()}`);
    asked = false;
    return child;
  }

  async function stop(): Promise<void> {
    asked = true;
    // A suspended program hears nothing.
    signal(current.pid, 'SIGCONT');
    await current.kill(stopSignal);
  }

  return {
    port,
    stop,
    async start() {
      current = await begin();
    },
    pause: () => signal(current.pid, 'SIGSTOP'),
    resume: () => signal(current.pid, 'SIGCONT'),
    async close() {
      await stop();
      remove();
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error;
  }
}
