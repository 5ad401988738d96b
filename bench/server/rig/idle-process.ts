import { PEERS } from '../peers/index.ts';
import { measureIdle } from './idle-group.ts';

/** A process with the sockets of some of the peers, which are named on the command line: it may have only so many. Sends what it finds. */
const names = process.argv.slice(2);
const found = await measureIdle(PEERS.filter(({ name }) => names.includes(name)));
process.send?.(found, () => process.exit(0));
