import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { fileOf, writeNow } from './socket-file.ts';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** Two ends of a connection on this machine. */
async function pair(): Promise<{ mine: Socket; theirs: Socket }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [mine] = (await once(server, 'connection')) as [Socket];
  stops.push(() => {
    mine.destroy();
    theirs.destroy();
    server.close();
  });
  return { mine, theirs };
}

/** Pieces of different lengths, together far more than a socket's buffers hold, each of them telling its number. */
function pieces(): Buffer[] {
  return Array.from({ length: 4_000 }, (_, index) => Buffer.alloc(100 + (index % 7) * 900, index % 251));
}

describe('Writing past the stream of a socket', () => {
  it.runIf(process.platform === 'linux')('is done where the system has a number for the socket', async () => {
    const { mine, theirs } = await pair();
    expect(fileOf(mine)).toBeGreaterThanOrEqual(0);
    writeNow(mine, fileOf(mine), Buffer.from('now'));
    expect(mine.bytesWritten, 'the stream has seen nothing').toBe(0);
    expect(String((await once(theirs, 'data'))[0])).toBe('now');
  });

  it('keeps the order when the other end reads nothing for a while, and something else is written between', async () => {
    const { mine, theirs } = await pair();
    const sent = pieces();
    const fd = fileOf(mine);
    sent.forEach((piece, index) => {
      if (index % 5 === 4) mine.write(piece);
      else writeNow(mine, fd, piece);
    });
    expect(mine.writableLength, 'more was sent than the system takes').toBeGreaterThan(0);
    const got: Buffer[] = [];
    theirs.on('data', (bytes: Buffer) => got.push(bytes));
    mine.end();
    await once(theirs, 'end');
    expect(Buffer.concat(got).equals(Buffer.concat(sent))).toBe(true);
  });

  it('gives the stream what the system does not take of one piece, and nothing twice', async () => {
    const { mine, theirs } = await pair();
    const piece = Buffer.from(Uint32Array.from({ length: 4_000_000 }, (_, index) => index).buffer);
    writeNow(mine, fileOf(mine), piece);
    expect(mine.writableLength, 'more was sent than the system takes').toBeGreaterThan(0);
    const got: Buffer[] = [];
    theirs.on('data', (bytes: Buffer) => got.push(bytes));
    mine.end();
    await once(theirs, 'end');
    expect(Buffer.concat(got).equals(piece)).toBe(true);
  });

  it('writes into no other file that has the number of a socket that is gone', async () => {
    const { mine } = await pair();
    const fd = fileOf(mine);
    mine.on('error', () => undefined);
    mine.destroy();
    await once(mine, 'close');
    const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
    stops.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'somebody else’s');
    const opened: number[] = [];
    stops.push(() => opened.forEach(closeSync));
    while (!opened.includes(fd) && opened.length < 100) opened.push(openSync(file, 'a'));
    expect(opened).toContain(fd);
    writeNow(mine, fd, Buffer.from('mine'));
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('leaves it to the stream that the other end is gone', async () => {
    const { mine, theirs } = await pair();
    const fd = fileOf(mine);
    const failed = once(mine, 'error');
    theirs.resetAndDestroy();
    // The first write may still be taken by the system.
    const again = setInterval(() => writeNow(mine, fd, Buffer.from('anybody?')), 1);
    stops.push(() => clearInterval(again));
    expect(String((await failed)[0])).toMatch(/EPIPE|ECONNRESET/);
    clearInterval(again);
    // Its number may be another file's by now.
    expect(() => writeNow(mine, fd, Buffer.from('nobody'))).not.toThrow();
    expect(mine.destroyed).toBe(true);
  });

  it('is not done to what encrypts, or is no socket', async () => {
    const { mine } = await pair();
    const encrypted = new TLSSocket(mine);
    encrypted.on('error', () => undefined);
    expect(fileOf(encrypted)).toBe(-1);
    expect(fileOf(new Duplex())).toBe(-1);
    expect(fileOf(new Socket())).toBe(-1);
  });
});
