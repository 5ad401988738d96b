import type { Peer } from '../rig/peer.ts';
import { bareWs } from './bare-ws.ts';
import { hocuspocus } from './hocuspocus.ts';
import { sharedb } from './sharedb.ts';
import { tandem } from './tandem.ts';
import { yWebsocket } from './y-websocket.ts';

export const BARE = bareWs.name;
export const TANDEM = tandem.name;

/** Everybody who is measured. The bare broadcast is first: it is what the others are compared with. */
export const PEERS: readonly Peer[] = [bareWs, tandem, yWebsocket, hocuspocus, sharedb];
