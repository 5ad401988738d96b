import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, pause, runSeed } from '../harness/index.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { valueOf } from './metrics-text.ts';
import type { ClusterNode } from './node.ts';
import { openTown, type Town } from './town.ts';

/** How long a part of the cluster is gone, in ms: longer than every heartbeat and deadline of ours. */
const OUTAGE_MS = 20_000;
/** Before and after, so that edits are under way when it happens. */
const AROUND_MS = 3_000;

export interface Population {
  /** Does the balancer keep a room on one node? */
  affinity: boolean;
  rooms: number;
  /** In each room. */
  people: number;
  /** In one room more, who edit anywhere at random. */
  wanderers: number;
}

/** What people who type on three nodes must survive. */
export function describeFailures({ affinity, ...population }: Population): void {
  const how = affinity ? 'rooms stay on one node' : 'each socket goes to any node';
  describe(`[P1] [P3] [P4] [R-nodes] three nodes, and ${how}`, () => {
    let cluster: Cluster;
    const deaths: string[] = [];
    beforeAll(async () => {
      cluster = await startCluster({ nodes: 3, affinity, onDeath: (name) => deaths.push(name) });
    });
    afterAll(() => cluster.close());

    let town: Town | null = null;
    afterEach(() => {
      town?.close();
      town = null;
    });

    /** People type while `disturb` goes on, and nothing of it is lost or doubled. */
    async function expectSurvival(what: string, disturb: () => Promise<void>): Promise<void> {
      const { seed, random, note } = runSeed();
      const people = await openTown({ cluster, random, ...population });
      town = people;
      people.begin();
      await pause(AROUND_MS);
      await disturb();
      await pause(AROUND_MS);
      const began = performance.now();
      await people.prove(`${what} ${note}`);
      expect(deaths, 'processes that died by themselves').toEqual([]);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${what}: ${people.edits} edits, all there once; proved ${seconds} s after it (seed ${seed})`);
    }

    /** The node with the most sockets: the one whose failure is felt. */
    async function busiest(): Promise<ClusterNode> {
      const loads = await Promise.all(
        cluster.nodes.map(async (node) => ({
          node,
          sockets: valueOf(await cluster.metricsOf(node), 'tandem_connections'),
        })),
      );
      const [most] = loads.toSorted((a, b) => b.sockets - a.sockets);
      if (!most || most.sockets === 0) throw new Error('No node has a socket.');
      return most.node;
    }

    it('survive a node that is killed and comes back', async () => {
      await expectSurvival('a killed node', async () => {
        const node = await busiest();
        await node.kill();
        await pause(AROUND_MS);
        await node.restart();
      });
    });

    it('survive Redis being gone', async () => {
      await expectSurvival('Redis gone', async () => {
        await cluster.redis.kill();
        await pause(OUTAGE_MS);
        await cluster.redis.restart();
      });
    });

    it('survive Redis answering nobody', async () => {
      await expectSurvival('Redis hanging', async () => {
        cluster.redis.hang();
        await pause(OUTAGE_MS);
        cluster.redis.resume();
      });
    });

    it('survive Postgres being gone', async () => {
      await expectSurvival('Postgres gone', async () => {
        await cluster.postgres.shutDown();
        await pause(OUTAGE_MS);
        await cluster.postgres.start();
      });
    });

    it.each(['reset', 'silent'] as const)('survive a node that alone is cut from Redis (%s)', async (how) => {
      await expectSurvival(`a node cut from Redis (${how})`, async () => {
        const node = await busiest();
        cluster.cut(node, how);
        await pause(OUTAGE_MS);
        cluster.mend(node);
      });
    });

    it('survive that all nodes are replaced, one by one', async () => {
      await expectSurvival('a roll of all nodes', async () => {
        for (const node of cluster.nodes) {
          expect(await node.stop()).toEqual({ code: 0, signal: null });
          await node.restart();
          await eventually('the node to be ready', async () => (await fetch(`${node.url}/readyz`)).ok);
        }
      });
    });
  });
}
