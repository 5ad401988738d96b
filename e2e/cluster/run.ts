import { parseArgs } from 'node:util';
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

/** A Ctrl-C has reached us too by then, in ms. */
const CTRL_C_MS = 100;

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
      `  Postgres  ${cluster.postgres.url()}`,
      `  Redis     ${cluster.redis.url}`,
      `  /admin asks for the token: ${ADMIN_TOKEN}`,
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

function tell(name: string): void {
  // A terminal's Ctrl-C reaches all of them, also before us.
  setTimeout(() => {
    if (!stopping) console.error(`${name} has died.`);
  }, CTRL_C_MS).unref();
}
