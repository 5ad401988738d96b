import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

// As its guide has it: an HTTP server, `ws`, a JSON stream, and everything in memory. Port on the command line; with a second
// argument, a document `history` has had so many edits of one character when the first socket comes.

/** @type {(name: string) => Promise<any>} Not there in a fresh clone. */
const load = async (name) => (await import(name)).default;
const ShareDB = await load('sharedb');
const WebSocketJSONStream = await load('@teamwork/websocket-json-stream');
const { type } = await load('ot-text-unicode');

ShareDB.types.register(type);
const backend = new ShareDB();
const server = createServer();
new WebSocketServer({ server }).on('connection', (socket) => backend.listen(new WebSocketJSONStream(socket)));
server.listen(Number(process.argv[2]), '127.0.0.1');
