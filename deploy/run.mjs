import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and keeps what it said. Never rejects because of an exit code: the caller decides what it means.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, echo?: boolean }} [options]
 *   `env` is added to our own; `echo` shows the output while it comes.
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 if the program could not be started.
 */
export function run(command, args, { cwd = process.cwd(), env = {}, echo = false } = {}) {
  return new Promise((resolve) => {
    // Windows starts `npm.cmd` through a shell only.
    const shell = process.platform === 'win32' && !command.endsWith('.exe');
    const child = spawn(command, [...args], {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
