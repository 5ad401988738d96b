import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { root, spawnProgram } from './processes.ts';
import { findProgram, mortal } from './programs.ts';
import { freePort, temporaryFolder } from './server.ts';

const FILES = join(root, 'deploy', 'prometheus');
/** How often it scrapes and evaluates in tests, in s: often enough not to be waited for. */
const EVERY_S = 1;

/** Prometheus with the scraping and the alerts that we give to others, at a test's pace. */
export interface TestPrometheus {
  readonly url: string;
  /** The value of each series that an expression gives, by its `instance`. */
  ask(expression: string): Promise<Map<string, number>>;
  /** The alerts that fire, as `name instance`. */
  firing(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts it over these nodes (`host:port`) and waits until it has scraped all of them once. */
export async function startPrometheus(targets: readonly string[], token?: string): Promise<TestPrometheus> {
  const folder = temporaryFolder();
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(join(folder, 'metrics-token'), token ?? '');
  writeFileSync(join(folder, 'alerts.yml'), readAlerts().replaceAll(/^( +for:) .*$/gm, '$1 0s'));
  writeFileSync(config, pointed(folder, targets, token));
  mkdirSync(join(folder, 'data'));
  const child = spawnProgram([
    ...mortal(),
    findProgram('prometheus', 'prometheus'),
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ]);
  const url = `http://127.0.0.1:${port}`;
  let ended = false;
  void child.exited.then(() => (ended = true));

  async function get<T>(path: string): Promise<T> {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(`Prometheus answered ${answer.status} to ${path}: ${await answer.text()}`);
    return ((await answer.json()) as { data: T }).data;
  }

  const prometheus: TestPrometheus = {
    url,
    async ask(expression) {
      type Found = { result: { metric: { instance?: string }; value: [number, string] }[] };
      const { result } = await get<Found>(`/api/v1/query?query=${encodeURIComponent(expression)}`);
      return new Map(result.map(({ metric, value }) => [metric.instance ?? '', Number(value[1])]));
    },
    async firing() {
      type Alert = { state: string; labels: { alertname: string; instance?: string } };
      const { alerts } = await get<{ alerts: Alert[] }>('/api/v1/alerts');
      const firing = alerts.filter(({ state }) => state === 'firing');
      return firing.map(({ labels }) => `${labels.alertname} ${labels.instance ?? ''}`.trim());
    },
    async stop() {
      await child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await eventually(
    'Prometheus to have scraped every node',
    async () => ended || (await prometheus.ask('up{job="tandem"}')).size === targets.length,
    30_000,
  );
  if (ended) throw new Error(`Prometheus ended instead of scraping:\n${child.output()}`);
  return prometheus;
}

/** Our rules as they are. */
export function readAlerts(): string {
  return readFileSync(join(FILES, 'alerts.yml'), 'utf8');
}

/** What promtool says of the configuration and the rules; empty if both are right. */
export async function faultsOfPrometheus(): Promise<string> {
  const folder = temporaryFolder();
  try {
    const config = join(folder, 'prometheus.yml');
    const token = join(folder, 'metrics-token');
    writeFileSync(token, '');
    writeFileSync(join(folder, 'alerts.yml'), readAlerts());
    // It wants the secret's file to be there.
    writeFileSync(config, readConfig().replace('/etc/prometheus/metrics-token', token));
    const child = spawnProgram([findProgram('promtool', 'prometheus'), 'check', 'config', '--lint=all', config]);
    const { code } = await child.exited;
    return code === 0 ? '' : child.output();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readConfig(): string {
  return readFileSync(join(FILES, 'prometheus.yml'), 'utf8');
}

/** Our configuration with other targets and a test's pace. */
function pointed(folder: string, targets: readonly string[], token: string | undefined): string {
  const list = targets.map((target) => `'${target}'`).join(', ');
  const config = readConfig()
    .replaceAll(/_interval: \d+s/g, `_interval: ${EVERY_S}s`)
    .replace('/etc/prometheus/metrics-token', join(folder, 'metrics-token'))
    .replace(/targets: \['127\.0\.0\.1:3001'.*\]/, `targets: [${list}]`);
  return token === undefined ? config.replace(/ +authorization:\n.*\n.*\n/, '') : config;
}
