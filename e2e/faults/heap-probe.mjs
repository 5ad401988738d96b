import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

// Loaded into a server's process before it: on SIGUSR2 it says in one line what the process holds after a collection.
if (isMainThread) {
  setFlagsFromString('--expose-gc');
  /** @type {() => void} */
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    const { heapUsed, rss, external } = process.memoryUsage();
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    process.stdout.write(`heap-probe ${JSON.stringify({ heapUsed, rss, external, sockets })}\n`);
  });
}
