import { hostname } from 'node:os';

/** Letters of a machine's name that are shown. */
const MOST = 40;

/** What this node is called in logs, metrics and on the live dashboard: its machine and its port. */
export function nodeName(port: number, host = hostname()): string {
  const [machine = ''] = host.split('.', 1);
  return `${machine.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, MOST) || 'node'}-${port}`;
}
