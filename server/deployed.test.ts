import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from './config.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';

const KNOWN = new Set(VARIABLES.map(({ name }) => name));
/** What others read: Node and the pages' framework. */
const OF_OTHERS = new Set(['NODE_ENV', 'NEXT_TELEMETRY_DISABLED']);

/** A file of `deploy`, which is not ours to import but has to fit what we do. */
function deployed(path: string): string {
  return readFileSync(placeOf(path), 'utf8');
}

function placeOf(path: string): URL {
  return new URL(`../deploy/${path}`, import.meta.url);
}

function unknown(names: Iterable<string>): string[] {
  return [...names].filter((name) => !KNOWN.has(name) && !OF_OTHERS.has(name));
}

describe('the configuration of nginx', () => {
  const site = deployed('nginx/tandem.conf');

  it('lets the largest body of REST in', () => {
    const bytes = Number(/client_max_body_size (\d+)m;/.exec(site)?.[1]) * 2 ** 20;
    expect(bytes).toBe(Math.max(DEFAULT_SERVER_LIMITS.jsonBody, DEFAULT_SERVER_LIMITS.textBody));
  });

  it('waits as long as the server does, and longer than heartbeats', () => {
    const times = [...site.matchAll(/(?:client_body_timeout|proxy_(?:read|send)_timeout) +(\d+)s;/g)];
    expect(times.length).toBeGreaterThanOrEqual(5);
    for (const [line, seconds] of times) {
      expect(Number(seconds) * 1_000, line).toBeGreaterThanOrEqual(DEFAULT_SERVER_LIMITS.bodyTimeoutMs);
      // A quiet page, and the server if that says nothing, are heard before.
      expect(Number(seconds) * 1_000, line).toBeGreaterThan(DEFAULT_SERVER_LIMITS.restingPingEveryMs + 10_000);
      expect(Number(seconds) * 1_000, line).toBeGreaterThan(3 * DEFAULT_SERVER_LIMITS.pingEveryMs);
    }
  });
});

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  networks: string[];
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
}

describe('the containers', () => {
  const text = deployed('docker/compose.yml');
  const { services, volumes, networks } = parse(text, { merge: true }) as Compose;
  const all = Object.entries(services);
  const nodes = all.filter(([name]) => name.startsWith('node'));
  const dockerfile = deployed('docker/Dockerfile');

  it('are three nodes and what they need', () => {
    expect(Object.keys(services).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'grafana',
      'machine',
      'nginx',
      'node1',
      'node2',
      'node3',
      'postgres',
      'prometheus',
      'redis',
    ]);
  });

  it('give nodes variables that there are, and another name to each', () => {
    for (const [name, { environment = {} }] of nodes) {
      expect(unknown(Object.keys(environment)), name).toEqual([]);
      expect(environment['NODE_NAME'], name).toBe(name);
      expect(environment['TRUST_PROXY'], name).toBe('1');
    }
    const [, words = ''] = /^ENV (NODE_ENV.*)$/m.exec(dockerfile) ?? [];
    expect(unknown(words.split(' ').map((pair) => pair.split('=', 1)[0] ?? ''))).toEqual([]);
  });

  it('have no secrets, and all that the example of the environment names', () => {
    const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name));
    const example = deployed('docker/env.example');
    const named = [...example.matchAll(/^(\w+)=(.*)$/gm)];
    expect(new Set(named.map(([, name]) => name))).toEqual(asked);
    for (const [, name = '', value] of named) if (name !== 'HTTP_PORT') expect(value, name).toBe('');
    for (const [, name = ''] of text.matchAll(/(\w*(?:PASSWORD|TOKEN)\w*): (?!\$\{)/g)) expect(name).toBe('none');
  });

  it('mount files that there are, and keep data in volumes that are declared', () => {
    const mounts = all.flatMap(([, { volumes: each = [] }]) => each.map((mount) => mount.split(':', 1)[0] ?? ''));
    expect(mounts.length).toBeGreaterThan(8);
    // The one that is made from the environment, and the machine's own disk.
    for (const from of mounts.filter((mount) => mount.startsWith('.') && mount !== './metrics-token')) {
      expect(existsSync(placeOf(`docker/${from}`)), from).toBe(true);
    }
    for (const from of mounts.filter((mount) => /^\w/.test(mount))) expect(volumes, from).toHaveProperty([from]);
  });

  it('wait for each other only where somebody says how healthy they are', () => {
    for (const [name, { depends_on: needs = {} }] of all) {
      for (const [other, { condition }] of Object.entries(needs)) {
        expect(condition, name).toBe('service_healthy');
        const healthy = services[other]?.healthcheck !== undefined || services[other]?.image === 'tandem';
        expect(healthy, `${name} waits for ${other}`).toBe(true);
      }
    }
    expect(dockerfile).toMatch(/^HEALTHCHECK .*healthz/m);
  });

  it('let strangers reach nginx alone', () => {
    expect(networks).toHaveProperty(['inside', 'internal'], true);
    const open = all.filter(([, service]) => service.networks.includes('outside')).map(([name]) => name);
    expect(open).toEqual(['nginx', 'grafana']);
    for (const [name, { ports = [] }] of all) for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
  });

  it('lead nginx and Prometheus to every node', () => {
    const port = /PORT=(\d+)/.exec(dockerfile)?.[1];
    const wanted = nodes.map(([name]) => `${name}:${port}`);
    const upstream = [...deployed('docker/upstream.conf').matchAll(/^ +server (\S+) /gm)].map(([, to]) => to);
    expect(upstream).toEqual(wanted);
    type Scrape = { scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[] };
    const { scrape_configs: jobs } = parse(deployed('docker/prometheus.yml')) as Scrape;
    expect(jobs.find(({ job_name: name }) => name === 'tandem')?.static_configs[0]?.targets).toEqual(wanted);
  });

  it('copy what is there, and leave out nothing that is built from', () => {
    const ignored = readFileSync(new URL('../.dockerignore', import.meta.url), 'utf8').split('\n');
    const made = ['node_modules', '.next', 'dist'];
    const copied = [...dockerfile.matchAll(/^COPY (?:--from=build )?(.*) \S+$/gm)].flatMap(([, from = '']) =>
      from.split(' '),
    );
    expect(copied.length).toBeGreaterThan(8);
    for (const path of copied.map((each) => each.replace('/app/', '')).filter((each) => !made.includes(each))) {
      expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
    }
    for (const path of ['app', 'components', 'lib', 'server', 'public', 'deploy', 'next.config.mjs', 'proxy.ts']) {
      expect(ignored, path).not.toContain(path);
    }
  });
});

describe('the services of systemd', () => {
  const [one, many] = ['tandem.service', 'tandem@.service'].map((name) => deployed(`systemd/${name}`));

  it('set variables that there are', () => {
    for (const unit of [one, many]) {
      const pairs = [...(unit ?? '').matchAll(/^Environment=(.*)$/gm)].flatMap(([, words = '']) => words.split(' '));
      expect(pairs.length).toBeGreaterThan(3);
      expect(unknown(pairs.map((pair) => pair.split('=', 1)[0] ?? ''))).toEqual([]);
    }
  });

  it('are hardened alike, and give the server the time that it takes to stop', () => {
    const end = (unit = ''): string => unit.slice(unit.indexOf('Restart='));
    expect(end(one)).toBe(end(many));
    // `STOP_MS` of server/signals.ts.
    const STOP_S = 9;
    expect(Number(/TimeoutStopSec=(\d+)s/.exec(one ?? '')?.[1])).toBeGreaterThan(STOP_S);
  });
});

describe('docs/OPERATIONS.md', () => {
  const document = readFileSync(new URL('../docs/OPERATIONS.md', import.meta.url), 'utf8');

  it('names limits and variables that there are', () => {
    const section = /^## Limits\n([\s\S]*?)^## /m.exec(document)?.[1] ?? '';
    const names = [...section.matchAll(/`([a-z]+[A-Z]\w*(?:\.\w+)?|[a-z]+(?:\.[a-z]\w*)?)`/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) expect(DEFAULT_SERVER_LIMITS, name).toHaveProperty(name);
    const variables = [...document.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name);
    expect(variables.length).toBeGreaterThan(6);
    expect(unknown(variables)).toEqual([]);
  });
});
