import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { eventually } from './eventually.ts';
import { mortal } from './programs.ts';
import { freePort, temporaryFolder } from './server.ts';

/** A Redis of our own, which keeps nothing. */
export interface TestRedis {
  readonly port: number;
  /** With the password, if it has one. */
  readonly url: string;
  /** Ends it at once, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `kill`. */
  restart(): Promise<void>;
  /** It stays there and takes connections, but answers nobody. */
  hang(): void;
  /** Ends `hang`. */
  resume(): void;
  /** What `redis-cli` would answer, as it comes over the wire. */
  ask(...words: string[]): Promise<string>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

export interface RedisOptions {
  password?: string;
  /** Hears of an end that nobody here has asked for. */
  onDeath?: () => void;
}

/** Processes that a failing test would leave behind; they go with the test runner. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts redis-server on a free port of the loopback, and waits until it answers. */
export async function startRedis({ password, onDeath }: RedisOptions = {}): Promise<TestRedis> {
  const program = redisServer();
  const port = await freePort();
  const folder = temporaryFolder();
  const ask = (...words: string[]): Promise<string> =>
    askOnce(port, [...(password ? [['AUTH', password]] : []), words]);
  let asked = false;
  let child = await launch();

  async function launch(): Promise<ChildProcess> {
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const [first = program, ...rest] = [...mortal(), program, ...options];
    const started = spawn(first, [...rest, ...(password ? ['--requirepass', password] : [])], { stdio: 'ignore' });
    running.add(started);
    asked = false;
    started.once('exit', () => {
      running.delete(started);
      if (!asked) onDeath?.();
    });
    await eventually('Redis to answer', async () => {
      if (started.exitCode !== null) throw new Error(`redis-server ended with ${started.exitCode}.`);
      return (await ask('PING')).includes('PONG');
    });
    return started;
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    asked = true;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  return {
    port,
    url: `redis://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${port}`,
    kill,
    async restart() {
      await kill();
      child = await launch();
    },
    hang: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    ask,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The program, which Debian's package has if nobody else. Throws if there is none to be had. */
function redisServer(): string {
  const program = 'redis-server';
  const isThere = (): boolean => spawnSync(program, ['--version']).status === 0;
  if (isThere()) return program;
  // Its own service must not start beside ours; a container without systemd does not even try.
  const install = ['install', '-y', '--no-install-recommends', program];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync('apt-get', install, { env, stdio: 'ignore' });
  if (isThere()) return program;
  throw new Error('These tests need redis-server, and apt-get could not install it. Install Redis 5 or newer.');
}

/** Sends commands over a connection of their own, and gives all answers as they come. */
function askOnce(port: number, commands: readonly (readonly string[])[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').setTimeout(2_000, () => socket.destroy(new Error('Redis did not answer within 2 s.')));
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('end', () => resolve(answer));
    for (const words of [...commands, ['QUIT']]) {
      const bulk = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${bulk.join('')}`);
    }
  });
}
