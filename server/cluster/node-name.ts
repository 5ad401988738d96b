import { hostname } from 'node:os';
import { randomToken } from '../random.ts';

/** The longest name of a node, as `NODE_NAME` allows it. */
export const MAX_NODE_NAME = 64;
/** Enough that the processes of one machine differ. */
const SUFFIX = 6;

/** What a node is called if nobody named it: its machine, and some random letters, since several may run there. */
export function inventNodeName(host = hostname()): string {
  const clean = host.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, MAX_NODE_NAME - SUFFIX - 1);
  return `${clean || 'node'}-${randomToken().slice(0, SUFFIX)}`;
}
