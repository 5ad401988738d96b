import { WebSocketServer } from 'ws';

// The floor: what one member sends goes to the others of the room as it is. No document, no disk, no protocol.
// A text frame is what whoever comes later is sent first. Port on the command line.

/** @typedef {{ text: Buffer, members: Set<import('ws').WebSocket> }} Room */
/** @type {Map<string, Room>} */
const rooms = new Map();

function roomAt(/** @type {string} */ path) {
  const room = rooms.get(path) ?? { text: Buffer.alloc(0), members: new Set() };
  rooms.set(path, room);
  return room;
}

new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1' }).on('connection', (socket, request) => {
  const room = roomAt(request.url ?? '');
  room.members.add(socket);
  socket.send(room.text, { binary: false });
  socket.on('message', (/** @type {Buffer} */ data, isBinary) => {
    if (!isBinary) {
      room.text = data;
      socket.send('');
      return;
    }
    for (const member of room.members) if (member !== socket) member.send(data);
  });
  socket.on('close', () => room.members.delete(socket));
});
