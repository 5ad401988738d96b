import { afterEach, beforeEach, describe } from 'vitest';
import { describeAuthors } from './contract/authors-contract.ts';
import { describeChat } from './contract/chat-contract.ts';
import { describeDeletion } from './contract/deletion-contract.ts';
import { describeGuests } from './contract/guests-contract.ts';
import { describeKeeping } from './contract/keeping-contract.ts';
import { describeLife } from './contract/life-contract.ts';
import { describeLineage } from './contract/lineage-contract.ts';
import { describeLinks } from './contract/links-contract.ts';
import { describeLog } from './contract/log-contract.ts';
import { describeRedaction } from './contract/redaction-contract.ts';
import { describeRooms } from './contract/rooms-contract.ts';
import { describeSnapshots } from './contract/snapshots-contract.ts';
import type { Stage } from './contract/stage.ts';
import { describeThreads } from './contract/threads-contract.ts';
import { describeVersions } from './contract/versions-contract.ts';
import type { Storage } from './storage.ts';

export interface OpenedStorage {
  storage: Storage;
  /** Closes it and opens what it left. Absent for an engine that keeps nothing. */
  reopen?: () => Promise<Storage>;
  /** Called after each test with the storage that it used last, open or closed. */
  done: (storage: Storage) => Promise<void>;
}

/** What every engine promises. `open` gives an empty storage each time. `keeps`: it outlives its process. */
export function describeStorage(name: string, open: () => Promise<OpenedStorage>, keeps = true): void {
  describe(`${name}: storage contract`, () => {
    let opened: OpenedStorage;
    let storage: Storage;

    beforeEach(async () => {
      opened = await open();
      storage = opened.storage;
    });

    afterEach(async () => {
      await opened.done(storage);
    });

    const stage: Stage = {
      get storage() {
        return storage;
      },
      append: (room, entries) => storage.append(room, { entries, settled: [] }),
      reopen: async () => {
        if (!opened.reopen) throw new Error('An engine that keeps things can be opened again.');
        storage = await opened.reopen();
        return storage;
      },
    };

    describeRooms(stage);
    describeLinks(stage);
    describeLog(stage);
    describeSnapshots(stage);
    describeLineage(stage);
    describeAuthors(stage);
    describeGuests(stage);
    describeChat(stage);
    describeThreads(stage);
    describeVersions(stage);
    describeRedaction(stage);
    describeDeletion(stage);
    describeLife(stage);
    if (keeps) describeKeeping(stage);
  });
}
