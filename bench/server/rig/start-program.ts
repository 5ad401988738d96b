import { connect } from 'node:net';
import { eventually } from '../../../e2e/harness/eventually.ts';
import { type RunningProcess, spawnNode } from '../../../e2e/harness/processes.ts';
import { freePort } from '../../../e2e/harness/server.ts';

/** A peer's server takes a second; the machine may be busy. */
const START_MS = 30_000;

export interface Program extends RunningProcess {
  readonly port: number;
}

/** Starts a program of Node that listens on the port that it is told, and waits until it does. Rejects with what it said if it ends instead. */
export async function startProgram(
  command: (port: number) => { args: readonly string[]; env?: Record<string, string> },
): Promise<Program> {
  const port = await freePort();
  const { args, env = {} } = command(port);
  const program = spawnNode(args, env);
  let hasEnded = false;
  void program.exited.then(() => (hasEnded = true));
  const outcome = await eventually(
    `${args[0]} to listen`,
    async () => (hasEnded ? 'ended' : (await listens(port)) && 'up'),
    START_MS,
  );
  if (outcome === 'ended') throw new Error(`${args[0]} ended instead of listening:\n${program.output()}`);
  return { ...program, port, output: () => program.output() };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
