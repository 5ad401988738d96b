import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memory.ts';
import { StorageUnavailable, type NewAuthor, type NewRoom } from '../storage/storage.ts';
import { Birth, RoomTaken } from './birth.ts';

const PLAN: NewRoom = {
  id: 'room',
  epoch: 'epoch',
  shard: '0badcafe',
  title: '',
  language: 'Markdown',
  createdAt: 0,
  links: [{ token: 'edit', role: 'edit' }],
  authors: [],
};

function who(client: string): NewAuthor {
  return { client, person: '', name: client, color: 1, kind: 'ot', link: 0 };
}

describe('the birth of a room', () => {
  it('numbers clients in the order of their coming, each once, and writes them with the room', async () => {
    const storage = createMemoryStorage();
    const birth = new Birth(storage, PLAN);
    expect([birth.author(who('ann')), birth.author(who('bob')), birth.author(who('ann'))]).toEqual([1, 2, 1]);
    await birth.complete();
    expect(birth.pending).toBe(false);
    expect((await storage.authors('room')).map((one) => one.client)).toEqual(['ann', 'bob']);
  });

  it('is one try for all who ask at once', async () => {
    let tries = 0;
    const storage = createMemoryStorage({
      beforeWrite: (what) => {
        if (what === 'createRoom') tries++;
        return Promise.resolve();
      },
    });
    const birth = new Birth(storage, PLAN);
    await Promise.all([birth.complete(), birth.complete()]);
    await birth.complete();
    expect(tries).toBe(1);
  });

  it('[P3] knows itself again when the answer to the first try was lost, with those who came between', async () => {
    const storage = createMemoryStorage();
    const { createRoom } = storage;
    let lose = true;
    storage.createRoom = async (room) => {
      const made = await createRoom(room);
      if (!lose) return made;
      lose = false;
      throw new StorageUnavailable('the answer was lost');
    };
    const birth = new Birth(storage, PLAN);
    birth.author(who('ann'));
    await expect(birth.complete()).rejects.toThrow('the answer was lost');
    expect(birth.author(who('bob'))).toBe(2);
    await birth.complete();
    expect((await storage.authors('room')).map((one) => [one.author, one.client])).toEqual([
      [1, 'ann'],
      [2, 'bob'],
    ]);
  });

  it('gives way to a room that somebody else made under the same link', async () => {
    const storage = createMemoryStorage();
    await storage.createRoom({ ...PLAN, id: 'theirs' });
    await expect(new Birth(storage, PLAN).complete()).rejects.toThrow(RoomTaken);
  });
});
