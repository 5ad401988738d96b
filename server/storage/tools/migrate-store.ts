import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describePlace, openStorage } from '../open-storage.ts';
import { isInUse } from '../postgres/in-use.ts';
import { isDatabaseUrl } from '../postgres/database-url.ts';
import type { Storage } from '../storage.ts';
import { copyStore } from './copy-store.ts';
import { readOptions } from './options.ts';
import { outcomeOf, ToolFailure } from './tool-failure.ts';

const USAGE = 'npm run migrate-store -- --from <data folder or postgres://…> --to <data folder or postgres://…>';

/** `npm run migrate-store`: copies all rooms from one engine to another. Gives null, or a sentence why it could not. */
export function migrateStore(args: readonly string[], say: (line: string) => void): Promise<string | null> {
  return outcomeOf(async () => {
    const { from, to } = readOptions(args, ['from', 'to'], USAGE);
    const source = await openSource(from);
    try {
      const target = await openUnused(to);
      try {
        const { rooms, entries, digest } = await copyStore(source, target, say);
        say(`All ${rooms} rooms with ${entries} revisions are in ${nameOf(to)}, and the same as in ${nameOf(from)}.`);
        say(`SHA-256 of both: ${digest}`);
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  });
}

async function openSource(place: string): Promise<Storage> {
  // Opening a folder that is not there would make it.
  if (!isDatabaseUrl(place) && !existsSync(join(place, 'tandem.db'))) {
    throw new ToolFailure(`There is no tandem.db in ${place}. --from is the data folder of a server.`);
  }
  return openUnused(place);
}

/** The embedded engine lets one process in; a database is looked at for ours. */
async function openUnused(place: string): Promise<Storage> {
  if (isDatabaseUrl(place) && (await isInUse(place))) {
    throw new ToolFailure(`A Tandem server is using ${nameOf(place)}. Stop it first.`);
  }
  return openStorage(placeOf(place), {});
}

function placeOf(place: string): { dataDir: string; databaseUrl: string | null } {
  return isDatabaseUrl(place) ? { dataDir: '', databaseUrl: place } : { dataDir: place, databaseUrl: null };
}

function nameOf(place: string): string {
  return describePlace(placeOf(place));
}
