import * as decoding from 'lib0/decoding';
import type { Ear } from './connection.ts';
import type { Replica } from './replica.ts';
import type { World } from './world.ts';

/** What a frame of y-protocols is about. */
type Content =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'awareness'; states: number }
  | { kind: 'denied'; reason: string }
  | { kind: 'other' };

/** Stands on one socket of a Yjs client, and compares all that the server shows with the bytes on the disk. */
export class YjsMonitor implements Ear<Uint8Array> {
  readonly #world: World;
  readonly #replica: Replica;
  readonly #name: string;

  constructor(world: World, replica: Replica, name: string) {
    this.#world = world;
    this.#replica = replica;
    this.#name = name;
  }

  read(frame: Buffer): Uint8Array {
    return frame;
  }

  sent(frame: Uint8Array): void {
    this.#world.trace(() => `${this.#name} says  ${sketch(contentOf(frame))}`);
  }

  arrived(frame: Uint8Array): void {
    this.#world.trace(() => `  ${this.#name} > server ${sketch(contentOf(frame))}`);
  }

  shown(frame: Buffer): void {
    const world = this.#world;
    const content = contentOf(frame);
    world.trace(() => `  server > ${this.#name} ${sketch(content)}`);
    switch (content.kind) {
      case 'step1':
        if (!this.#replica.knows(content.vector)) {
          world.fail('P2', `${this.#name} is told a state vector that is ahead of the log on disk.`);
        }
        return;
      case 'step2':
      case 'update':
        world.coverage.count(content.kind === 'update' ? 'yjsUpdates' : 'yjsAnswers');
        if (!this.#replica.has(content.update)) {
          world.fail('P2', `${this.#name} is shown an update that is not on disk.`);
        }
        return;
      case 'other':
        return world.fail('wire', 'The server sends something that no Yjs client can read.');
      case 'awareness':
      case 'denied':
        return;
    }
  }

  heard(frame: Buffer): void {
    this.#world.trace(() => `  ${this.#name} hears ${contentOf(frame).kind}`);
  }

  closed(code: number): void {
    this.#world.trace(() => `  ${this.#name} hears close ${code}`);
    if (code === 1013) this.#world.coverage.count('yjsTryAgain');
    if (code >= 4400 && code < 4500) {
      this.#world.fail('stumble', `${this.#name} is told never to come back: ${code}.`);
    }
  }
}

function contentOf(frame: Uint8Array): Content {
  const decoder = decoding.createDecoder(frame);
  switch (decoding.readVarUint(decoder)) {
    case 0:
      return syncOf(decoder);
    case 1:
      return {
        kind: 'awareness',
        states: decoding.readVarUint(decoding.createDecoder(decoding.readVarUint8Array(decoder))),
      };
    case 2:
      decoding.readVarUint(decoder);
      return { kind: 'denied', reason: decoding.readVarString(decoder) };
    default:
      return { kind: 'other' };
  }
}

function syncOf(decoder: decoding.Decoder): Content {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === 0) return { kind: 'step1', vector: body };
  if (step > 2) return { kind: 'other' };
  return { kind: step === 1 ? 'step2' : 'update', update: body };
}

function sketch(content: Content): string {
  switch (content.kind) {
    case 'step1':
      return `step1 (${content.vector.length} bytes)`;
    case 'step2':
    case 'update':
      return `${content.kind} (${content.update.length} bytes)`;
    case 'awareness':
      return `awareness of ${content.states}`;
    case 'denied':
      return `denied: ${content.reason}`;
    case 'other':
      return 'something else';
  }
}
