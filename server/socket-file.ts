import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** The file of a socket that has none, or whose bytes are not what is on the wire. */
const NONE = -1;

/**
 * A socket's file descriptor, for `writeNow`; -1 if there is none of which the system takes bytes as they are: it is no plain TCP
 * socket, or the system is another (Windows has no such numbers). It is of use until the socket is destroyed.
 */
export function fileOf(socket: Duplex): number {
  if (!(socket instanceof Socket) || socket instanceof TLSSocket) return NONE;
  // Node's name for what is under its stream; not documented, and so only looked at with care.
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null) return NONE;
  const fd: unknown = Reflect.get(handle, 'fd');
  return typeof fd === 'number' && fd >= 0 ? fd : NONE;
}

/**
 * Writes to a socket past its stream, which makes half a dozen objects for each write and calls back in a turn of its own: a fifth of
 * what an edit costs a server that tells five people. What the system does not take at once, and everything else
 * while the stream has something in hand, goes the usual way, so nothing overtakes anything. Errors are the stream's matter as well.
 * `fd` is of `fileOf`.
 */
export function writeNow(socket: Duplex, fd: number, bytes: Buffer): void {
  const written = fd === NONE || socket.destroyed || socket.writableLength > 0 ? 0 : tryWrite(fd, bytes);
  if (written < bytes.length) socket.write(written === 0 ? bytes : bytes.subarray(written));
}

/** How many bytes the system took: none if the other end reads too slowly, or has gone, which the stream will find out. */
function tryWrite(fd: number, bytes: Buffer): number {
  try {
    return writeSync(fd, bytes);
  } catch {
    return 0;
  }
}
