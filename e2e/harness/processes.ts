import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** How a process ended: exactly one of the two is set. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  /** 0 if it could not be started. */
  readonly pid: number;
  /** Everything written so far, stdout and stderr in the order of arrival. */
  output(): string;
  exited: Promise<Exit>;
  /** Sends a signal and waits for the end. Harmless after it. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
}

/** Processes that a failing test would leave behind; they go with the test runner. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A command that gets another one as its last arguments, and becomes it: the process id stays. */
export type Wrapper = readonly [program: string, ...args: string[]];

/** Starts `node <args>` in the checkout, for production, with exactly `env` plus what a process needs to live. */
export function spawnNode(args: readonly string[], env: Record<string, string>, wrapper?: Wrapper): RunningProcess {
  return spawnProgram([...(wrapper ?? []), process.execPath, ...args], env);
}

/** Starts any program in the checkout, for production, with exactly `env` plus what a process needs to live. It is killed when the test runner ends. */
export function spawnProgram(
  [program = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): RunningProcess {
  const child = spawn(program, args, {
    cwd: root,
    // Nothing of the test runner's own environment: it sets NODE_ENV, and its user may have set PORT.
    env: { NODE_ENV: 'production', ...pick('PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exited = new Promise<Exit>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? 0,
    output: () => Buffer.concat(chunks).toString('utf8'),
    exited,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

function pick(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
