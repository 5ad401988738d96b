import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { type Exit, root, spawnProgram } from './processes.ts';
import { findProgram, mortal } from './programs.ts';
import { freePort, temporaryFolder } from './server.ts';

/** nginx with the configuration that we give to others, on a free port of the loopback. */
export interface TestNginx {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Lines of its access log, as people configure it. */
  accessLog(): string[];
  output(): string;
  /** Ends it at once, with all connections. */
  stop(): Promise<void>;
}

export interface NginxOptions {
  /** Ports of the nodes on the loopback. */
  nodes: readonly number[];
  /** `shard` keeps a room on one node; `random` gives each connection any of them, as a balancer that knows nothing does. */
  balance?: 'shard' | 'random';
  /** Serves TLS with this certificate, by the commented lines of the configuration. */
  tls?: { certificate: string; key: string };
  /** Says of everybody that this person has signed in, in the headers that are empty until there is a sign-in. */
  signedIn?: { user: string; name: string };
  /** Hears of an end that nobody here has asked for. */
  onDeath?: () => void;
}

/** Starts nginx before these nodes and waits until it listens. The nodes need not be there yet. */
export async function startNginx({
  nodes,
  balance = 'shard',
  tls,
  signedIn,
  onDeath,
}: NginxOptions): Promise<TestNginx> {
  const folder = temporaryFolder();
  const port = await freePort();
  const main = writeConfiguration({ folder, port, nodes, balance, tls, signedIn });
  // One process: a master that is killed would leave its workers behind.
  const child = spawnProgram([...mortal(), findProgram('nginx', 'nginx'), '-e', 'stderr', '-c', main]);
  let exit: Exit | null = null;
  let asked = false;
  void child.exited.then((how) => {
    exit = how;
    if (!asked) onDeath?.();
  });
  const log = join(folder, 'access.log');
  const scheme = tls ? 'https' : 'http';
  await eventually('nginx to listen', async () => exit !== null || (await answers(port)));
  if (exit !== null) throw new Error(`nginx ended instead of listening:\n${child.output()}`);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    accessLog: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []),
    output: child.output,
    async stop() {
      asked = true;
      await child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What `nginx -t` says of the configuration in `deploy/nginx` with these upstreams; empty if it is right.
 * @param upstream a file beside `tandem.conf`
 */
export async function faultsOfNginx(upstream: string, tls?: NginxOptions['tls']): Promise<string> {
  const folder = temporaryFolder();
  try {
    const main = writeConfiguration({ folder, port: await freePort(), upstream, tls });
    const child = spawnProgram([findProgram('nginx', 'nginx'), '-t', '-q', '-e', 'stderr', '-c', main]);
    const { code } = await child.exited;
    return code === 0 ? child.output() : `nginx -t ended with ${code}:\n${child.output()}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Configuration {
  folder: string;
  port: number;
  nodes?: readonly number[];
  balance?: 'shard' | 'random';
  upstream?: string;
  tls: NginxOptions['tls'] | undefined;
  signedIn?: NginxOptions['signedIn'] | undefined;
}

/** Our files as they are, but for ports and places; what a package's nginx.conf has around them. Returns the main file. */
function writeConfiguration({ folder, port, nodes, balance, upstream, tls, signedIn }: Configuration): string {
  const ours = readFileSync(join(root, 'deploy', 'nginx', 'tandem.conf'), 'utf8');
  const site = configure(signIn(ours, signedIn), folder, port, tls);
  const file = upstream ?? 'upstream-cluster.conf';
  const given = readFileSync(join(root, 'deploy', 'nginx', file), 'utf8');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  for (const name of temporary) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'tandem.conf'), site);
  writeFileSync(join(folder, 'upstream.conf'), nodes ? point(given, nodes, balance) : given);
  const main = join(folder, 'nginx.conf');
  const lines = [
    'daemon off;',
    'master_process off;',
    `pid ${join(folder, 'nginx.pid')};`,
    'events { worker_connections 4096; }',
    'http {',
    // A node that is down is told of in this log and nowhere else; the site's own keeps tokens out.
    '  error_log stderr crit;',
    ...temporary.map((name) => `  ${name}_temp_path ${join(folder, name)};`),
    `  include ${join(folder, 'upstream.conf')};`,
    `  include ${join(folder, 'tandem.conf')};`,
    '}',
  ];
  writeFileSync(main, `${lines.join('\n')}\n`);
  return main;
}

function configure(site: string, folder: string, port: number, tls: NginxOptions['tls']): string {
  const placed = site
    .replaceAll('/var/log/nginx/tandem.log', join(folder, 'access.log'))
    .replaceAll('/var/log/nginx/tandem-error.log', 'stderr')
    .replaceAll(/^ *(#tls *)?listen \[::\].*\n/gm, '');
  if (!tls) return placed.replace('listen 80;', `listen 127.0.0.1:${port};`);
  return placed
    .replace(/^ {4}listen 80;\n/m, '')
    .replaceAll('#tls ', '')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80;', `listen unix:${join(folder, 'plain.sock')};`)
    .replace('/etc/nginx/tls/tandem.pem', tls.certificate)
    .replace('/etc/nginx/tls/tandem.key', tls.key);
}

function signIn(site: string, signedIn: NginxOptions['signedIn']): string {
  if (!signedIn) return site;
  return site
    .replace(/(X-Forwarded-User +)"";/, `$1"${signedIn.user}";`)
    .replace(/(X-Forwarded-Preferred-Username +)"";/, `$1"${signedIn.name}";`);
}

/** The upstream with other nodes in it, each with the words that the file has behind a node. */
function point(upstream: string, nodes: readonly number[], balance: 'shard' | 'random' = 'shard'): string {
  const words = /server 127\.0\.0\.1:\d+ (.*);/.exec(upstream)?.[1] ?? '';
  const servers = nodes.map((port) => `    server 127.0.0.1:${port} ${words};`).join('\n');
  const pointed = upstream.replace(/( *server [^;]+;\n)+/, `${servers}\n`);
  return balance === 'shard' ? pointed : pointed.replace(/hash [^;]+;/, 'random;');
}

/** Does anybody listen at this port of the loopback? */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
