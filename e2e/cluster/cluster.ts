import { startNginx, type TestNginx } from '../harness/nginx.ts';
import type { Exit } from '../harness/processes.ts';
import { type Line, openLine } from './line.ts';
import { type ClusterNode, startNode } from './node.ts';
import type { Service } from './service.ts';
import { type Postgres, startPostgres, startRedis } from './stores.ts';

/** Postgres, Redis, nginx and nodes, all of them ours alone, on free ports of the loopback. */
export interface Cluster {
  /** nginx. */
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  readonly redis: Service;
  readonly postgres: Postgres;
  /** This node hears nothing of Redis any more; everybody else does. */
  cut(node: ClusterNode, how: 'reset' | 'silent'): void;
  mend(node: ClusterNode): void;
  /** What the node tells Prometheus. */
  metricsOf(node: ClusterNode): Promise<string>;
  /** Lines of nginx' access log. */
  accessLog(): string[];
  /** Ends and removes everything. */
  close(): Promise<void>;
}

export interface ClusterOptions {
  nodes: number;
  /** nginx keeps a room on one node; otherwise each connection goes anywhere. */
  affinity: boolean;
  /** For every node, over our own choices. */
  env?: Record<string, string>;
  /** Hears of every process that ends though nobody here has asked for it. */
  onDeath?: (name: string, exit: Exit) => void;
}

/** Robots come from one address. */
const SOCKETS_PER_ADDRESS = '5000';
/** For `/status`, on a machine where everybody is who has started it. */
export const ADMIN_TOKEN = 'let-me-see-everything';

/** Starts a cluster and waits until all of it serves. What was started is ended if the rest fails. */
export async function startCluster({
  nodes: count,
  affinity,
  env = {},
  onDeath = () => undefined,
}: ClusterOptions): Promise<Cluster> {
  const closes: (() => Promise<unknown>)[] = [];
  try {
    const [postgres, redis] = await Promise.all([startPostgres(onDeath), startRedis(onDeath)]);
    closes.push(
      () => postgres.close(),
      () => redis.close(),
    );
    const nodes: ClusterNode[] = [];
    const lines = new Map<ClusterNode, Line>();
    // One by one: the first makes the tables, and three at once would wait for two cores anyway.
    for (let index = 1; index <= count; index++) {
      const line = await openLine(redis.port);
      closes.push(() => line.close());
      const node = await startNode(`node-${index}`, { ...envOf(postgres, line), ...env }, onDeath);
      closes.push(() => node.close());
      nodes.push(node);
      lines.set(node, line);
    }
    const nginx = await startNginx({
      nodes: nodes.map(({ port }) => port),
      balance: affinity ? 'shard' : 'random',
      onDeath,
    });
    closes.push(() => nginx.stop());
    return clusterOf({ nginx, nodes, lines, redis, postgres, closes });
  } catch (error) {
    await closeAll(closes);
    throw error;
  }
}

function envOf(postgres: Postgres, redis: Line): Record<string, string> {
  return {
    DATABASE_URL: postgres.url,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    TRUST_PROXY: '1',
    MAX_SOCKETS_PER_ADDRESS: SOCKETS_PER_ADDRESS,
    ADMIN_TOKEN,
  };
}

interface Parts {
  nginx: TestNginx;
  nodes: readonly ClusterNode[];
  lines: ReadonlyMap<ClusterNode, Line>;
  redis: Service;
  postgres: Postgres;
  closes: (() => Promise<unknown>)[];
}

function clusterOf({ nginx, nodes, lines, redis, postgres, closes }: Parts): Cluster {
  return {
    url: nginx.url,
    nodes,
    redis,
    postgres,
    cut: (node, how) => lines.get(node)?.cut(how),
    mend: (node) => lines.get(node)?.mend(),
    async metricsOf(node) {
      const answer = await fetch(`${node.url}/metrics`);
      if (!answer.ok) throw new Error(`/metrics of ${node.name} answered ${answer.status}.`);
      return answer.text();
    },
    accessLog: () => nginx.accessLog(),
    close: () => closeAll(closes),
  };
}

/** In the order opposite to that of the start, all of them even if one fails. */
async function closeAll(closes: (() => Promise<unknown>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const close of closes.splice(0).reverse()) await close().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything could be ended.');
}
