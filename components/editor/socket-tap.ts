/** Hears what goes through this page's sockets, and may delay it or keep it. */
export interface SocketTap {
  /** False: a new socket fails as it does without a network. */
  mayConnect(): boolean;
  /** Calls `pass` now, later, or never. */
  out(frame: string | Uint8Array, pass: () => void): void;
  in(frame: string | Uint8Array, pass: () => void): void;
}

let tap: SocketTap | null = null;
const sockets = new Set<WebSocket>();

/** The tap of now, if the inspector is open. */
export function socketTap(): SocketTap | null {
  return tap;
}

/** Says that this socket lives, until it is closed. */
export function tapped(socket: WebSocket): void {
  sockets.add(socket);
  socket.addEventListener('close', () => sockets.delete(socket));
}

/** Puts a tap on all sockets of the page, in place of the one before; null takes it off. */
export function setSocketTap(next: SocketTap | null): void {
  tap = next;
}

/** Ends all sockets, as a network does that goes away. */
export function cutSockets(): void {
  for (const socket of sockets) socket.close();
}
