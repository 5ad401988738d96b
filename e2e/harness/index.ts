export { eventually, pause, within } from './eventually.ts';
export { type StoredEntry, faultsOf, readLog } from './log.ts';
export { connect, type ConnectOptions, join, type Message, type Peer } from './peer.ts';
export { type LinkWish, type OwnedLink, type Owner, ownerOf } from './owner.ts';
export { type Exit, root, type RunningProcess, spawnNode, type Wrapper } from './processes.ts';
export { HOSTILE_LABELS, HOSTILE_TEXTS, INKLESS_LABEL } from './hostile-text.ts';
export { openPostgresLine, type PostgresLine } from './postgres-line.ts';
export { type PostgresServer, startPostgres } from './postgres.ts';
export { randomEdit } from './random-edit.ts';
export { type Answer, type CreatedRoom, createRoom, postJson, type Problem, readText, request } from './rest.ts';
export { runSeed } from './seed.ts';
export {
  freePort,
  healthy,
  type ServerOptions,
  spawnServer,
  startServer,
  temporaryFolder,
  type TestServer,
} from './server.ts';
export { freshName, freshToken } from './tokens.ts';
export { readYjsRoom, type StoredYjsEntry, type StoredYjsRoom } from './yjs-log.ts';
export { connectYjs, type YjsPeer, type YjsPeerOptions } from './yjs-peer.ts';
