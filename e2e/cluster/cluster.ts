import { startNginx, type TestNginx } from '../harness/nginx.ts';
import { type PostgresServer, startPostgres } from '../harness/postgres.ts';
import { startRedis, type TestRedis } from '../harness/redis.ts';
import { type Line, openLine } from './line.ts';
import { type ClusterNode, startNode } from './node.ts';

/** Postgres, Redis, nginx and nodes, all of them ours alone, on free ports of the loopback. */
export interface Cluster {
  /** nginx. */
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  readonly redis: TestRedis;
  readonly postgres: PostgresServer;
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
  onDeath?: (name: string) => void;
}

/** Robots come from one address. */
const SOCKETS_PER_ADDRESS = '5000';
/** For `/admin`, on a machine where everybody is who has started it. */
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
    const postgres = await startPostgres({ onDeath: () => onDeath('Postgres') });
    closes.push(() => postgres.stop());
    const redis = await startRedis({ onDeath: () => onDeath('Redis') });
    closes.push(() => redis.stop());
    const nodes: ClusterNode[] = [];
    const lines = new Map<ClusterNode, Line>();
    // One by one: the first makes the tables, and three at once would wait for two cores anyway.
    for (let index = 1; index <= count; index++) {
      const line = await openLine(redis.port);
      closes.push(() => line.close());
      const name = `node-${index}`;
      const node = await startNode(name, { ...envOf(postgres, line), ...env }, () => onDeath(name));
      closes.push(() => node.close());
      nodes.push(node);
      lines.set(node, line);
    }
    const nginx = await startNginx({
      nodes: nodes.map(({ port }) => port),
      balance: affinity ? 'shard' : 'random',
      onDeath: () => onDeath('nginx'),
    });
    closes.push(() => nginx.stop());
    return clusterOf({ nginx, nodes, lines, redis, postgres, closes });
  } catch (error) {
    await closeAll(closes);
    throw error;
  }
}

function envOf(postgres: PostgresServer, redis: Line): Record<string, string> {
  return {
    DATABASE_URL: postgres.url(),
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
  redis: TestRedis;
  postgres: PostgresServer;
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
