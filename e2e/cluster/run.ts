import { parseArgs } from 'node:util';
import type { Exit } from '../harness/processes.ts';
import { ADMIN_TOKEN, startCluster } from './cluster.ts';

/** `npm run cluster`: a whole cluster on this machine, to try it; Ctrl-C ends and removes it. */
const { values } = parseArgs({
  options: { nodes: { type: 'string', default: '3' }, 'no-affinity': { type: 'boolean', default: false } },
});
const count = Number(values.nodes);
if (!Number.isInteger(count) || count < 1 || count > 20) {
  console.error(`--nodes is ${values.nodes}; it must be a whole number from 1 to 20.`);
  process.exit(1);
}

let stopping = false;
const stopAsked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stopping = true;
      resolve();
    });
  }
});

try {
  console.log(`Starting Postgres, Redis, nginx and ${count} nodes …`);
  const cluster = await startCluster({ nodes: count, affinity: !values['no-affinity'], onDeath: tell });
  console.log(
    [
      '',
      `Tandem is at ${cluster.url}`,
      ...cluster.nodes.map(({ name, url }) => `  ${name}    ${url}`),
      `  Postgres  ${cluster.postgres.url}`,
      `  Redis     redis://127.0.0.1:${cluster.redis.port}`,
      `  /status asks for the admin token: ${ADMIN_TOKEN}`,
      '',
      'Ctrl-C ends and removes all of it.',
    ].join('\n'),
  );
  await stopAsked;
  console.log('\nStopping …');
  await cluster.close();
} catch (error) {
  // Ctrl-C during the start reaches the children too, and then the start fails because of that.
  if (!stopping) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function tell(name: string, { code, signal }: Exit): void {
  // A terminal's Ctrl-C reaches all of them, also before us.
  if (stopping || signal === 'SIGINT') return;
  console.error(`${name} has died (${signal ?? `exit ${code}`}).`);
}
