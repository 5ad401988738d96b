import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRoom, eventually, root } from '../harness/index.ts';
import { faultsOfPrometheus, startPrometheus, type TestPrometheus } from '../harness/prometheus.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { namesIn, namesOf } from './metrics-text.ts';

/** What Prometheus and node_exporter say of themselves. */
const FOREIGN = ['up', 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes'];
/** Ten scrapes, at the pace of a test. */
const FIRES_MS = 10_000;

interface Dashboard {
  title: string;
  uid: string;
  schemaVersion: number;
  panels: Panel[];
}

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { refId: string; expr: string }[];
}

interface Rule {
  name: string;
  query: string;
  labels: { severity?: string };
  annotations: { summary?: string; meaning?: string; runbook?: string };
}

let cluster: Cluster;
let prometheus: TestPrometheus;
beforeAll(async () => {
  cluster = await startCluster({ nodes: 3, affinity: true });
  prometheus = await startPrometheus(cluster.nodes.map(addressOf));
  await createRoom(cluster.url, { text: 'something to count' });
});
afterAll(async () => {
  await prometheus.stop();
  await cluster.close();
});

it('promtool finds nothing wrong', async () => {
  expect(await faultsOfPrometheus()).toBe('');
});

describe('the alerts', () => {
  it('say what they mean and what to do, and ask for numbers that there are', async () => {
    const rules = await rulesOf(prometheus);
    expect(rules.length).toBeGreaterThan(8);
    const known = await knownNames();
    const sections = headingsOf('docs/OPERATIONS.md');
    for (const { name, query, labels, annotations } of rules) {
      expect(
        namesOf(query).filter((each) => !known.has(each)),
        name,
      ).toEqual([]);
      expect(['page', 'ticket'], name).toContain(labels.severity);
      expect(annotations.summary?.length, name).toBeGreaterThan(10);
      expect(annotations.meaning?.length, name).toBeGreaterThan(10);
      expect(annotations.runbook, name).toBe(`docs/OPERATIONS.md#${name.toLowerCase()}`);
      expect(sections, name).toContain(name);
    }
  });

  it('fire when a node dies, and no longer when it is back', async () => {
    const [node] = cluster.nodes;
    if (!node) throw new Error('There is no node.');
    // Before its first scrape Prometheus knows of no node.
    await eventually('quiet', async () => (await prometheus.firing()).length === 0, FIRES_MS);
    await node.kill();
    const alarm = `TandemNodeDown ${addressOf(node)}`;
    await eventually('the alert', async () => (await prometheus.firing()).includes(alarm), FIRES_MS);
    expect(await prometheus.firing()).toEqual([alarm]);
    await node.restart();
    await eventually('the all-clear', async () => (await prometheus.firing()).length === 0, FIRES_MS);
  });

  it('fire when the bus is gone', async () => {
    await cluster.redis.kill();
    const bus = cluster.nodes.map((node) => `TandemBusDown ${addressOf(node)}`);
    const isTold = eventually('the alerts of the bus', async () => holdsAll(await prometheus.firing(), bus), FIRES_MS);
    await expect(isTold).resolves.toBe(true);
    await cluster.redis.restart();
  });

  it('fire when the store is gone', async () => {
    await cluster.postgres.shutDown();
    const store = cluster.nodes.map((node) => `TandemStoreDown ${addressOf(node)}`);
    const isToldToo = eventually(
      'the alerts of the store',
      async () => {
        // A node knows of its store by what it asks of it, as balancers do.
        for (const { url } of cluster.nodes) await fetch(`${url}/readyz`);
        return holdsAll(await prometheus.firing(), store);
      },
      FIRES_MS,
    );
    await expect(isToldToo).resolves.toBe(true);
    await cluster.postgres.start();
  });
});

describe('the dashboard', () => {
  const path = join(root, 'deploy', 'grafana', 'tandem.json');
  const dashboard = JSON.parse(readFileSync(path, 'utf8')) as Dashboard;

  it('is one that Grafana can show', () => {
    expect(dashboard.uid).toMatch(/^[\w-]{1,40}$/);
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Traffic',
      'Latency',
      'Storage',
      'Nodes',
      'Process',
    ]);
    for (const { title, type, gridPos, targets } of dashboard.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      if (type !== 'row') expect(targets?.length, title).toBeGreaterThan(0);
    }
  });

  it('asks for numbers that there are, in words that Prometheus understands', async () => {
    const known = await knownNames();
    for (const { expr } of dashboard.panels.flatMap(({ targets }) => targets ?? [])) {
      expect(
        namesOf(expr).filter((name) => !known.has(name)),
        expr,
      ).toEqual([]);
      // What Grafana would have put in.
      await prometheus.ask(expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*'));
    }
  });
});

async function knownNames(): Promise<Set<string>> {
  const [node] = cluster.nodes;
  if (!node) throw new Error('There is no node.');
  return new Set([...namesIn(await cluster.metricsOf(node)), ...FOREIGN]);
}

async function rulesOf({ url }: TestPrometheus): Promise<Rule[]> {
  const answer = await fetch(`${url}/api/v1/rules`);
  const { data } = (await answer.json()) as { data: { groups: { rules: Rule[] }[] } };
  return data.groups.flatMap(({ rules }) => rules);
}

function headingsOf(document: string): string[] {
  const file = join(root, document);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
}

function addressOf({ port }: { port: number }): string {
  return `127.0.0.1:${port}`;
}

function holdsAll(found: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((each) => found.includes(each));
}
