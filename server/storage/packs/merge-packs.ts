import type { PackedEntry } from './pack-form.ts';
import { packAsJson, PackWriter } from './pack-writer.ts';
import { unpack } from './unpack.ts';

/** Consecutive entries that go into a pack: of a pack, or rows. */
export interface PackSource {
  readonly length: number;
  entry(index: number): PackedEntry;
}

/** Entries between two rests: about a ms of work. */
const SLICE = 2_048;

/**
 * Puts sources, one after the other, into one pack, with `text` beside them; gives its bytes. It rests after each slice, so that who
 * runs it can do something else, and at the end reads the pack and compares it entry by entry with what went into it: the
 * sources are deleted for it. Throws an Error if it is not the same.
 */
export function* mergePacks(sources: readonly PackSource[], text: string | null): Generator<void, Uint8Array, void> {
  const writer = new PackWriter();
  for (const entry of entriesOf(sources)) {
    if (entry) writer.push(entry);
    else yield;
  }
  const bytes = writer.done(text) ?? packAsJson(allOf(sources), text);
  yield;
  const opened = unpack(bytes);
  if (opened.text() !== text) throw new Error('A pack lost the text that it was given.');
  let index = 0;
  for (const entry of entriesOf(sources)) {
    if (!entry) yield;
    else if (!isSame(entry, opened.entry(index++))) throw new Error(`A pack changed its entry ${index}.`);
  }
  if (index !== opened.length) throw new Error(`A pack has ${opened.length} entries, and not ${index}.`);
  return bytes;
}

/** Null where a slice ends. */
function* entriesOf(sources: readonly PackSource[]): Generator<PackedEntry | null> {
  for (const source of sources) {
    for (let index = 0; index < source.length; index++) {
      yield source.entry(index);
      if (index % SLICE === SLICE - 1) yield null;
    }
    yield null;
  }
}

function allOf(sources: readonly PackSource[]): PackedEntry[] {
  return [...entriesOf(sources)].filter((entry) => entry !== null);
}

function isSame(one: PackedEntry, other: PackedEntry): boolean {
  return (
    one.author === other.author &&
    one.seq === other.seq &&
    one.at === other.at &&
    one.op.length === other.op.length &&
    one.op.every((part, index) => part === other.op[index])
  );
}
