import { expect, it } from 'vitest';
import { RoomMeta } from './meta.ts';

const START = { title: '', language: 'Markdown', file: null, locked: false, redactions: 0 };

it('[P2] takes a change when it is written, and not before', async () => {
  const meta = new RoomMeta(START);
  let seen: string | null = null;
  await meta.change({ title: 'Plans' }, () => {
    seen = meta.now.title;
    return Promise.resolve();
  });
  expect(seen).toBe('');
  expect(meta.now).toEqual({ ...START, title: 'Plans' });
});

it('writes changes one after the other, and goes on after one that failed', async () => {
  const meta = new RoomMeta(START);
  const written: string[] = [];
  const failing = meta.change({ title: 'lost' }, () => Promise.reject(new Error('no disk')));
  const next = meta.change({ language: 'Python' }, () => {
    written.push(meta.now.title);
    return Promise.resolve();
  });
  await expect(failing).rejects.toThrow('no disk');
  await next;
  await meta.settled();
  expect(written).toEqual(['']);
  expect(meta.now).toEqual({ ...START, language: 'Python' });
});

it('does not take what was read before a change of its own', async () => {
  const meta = new RoomMeta(START);
  let stored = START;
  const refreshed = meta.refresh(() => Promise.resolve(stored));
  const changed = meta.change({ locked: true }, () => {
    stored = { ...stored, locked: true };
    return Promise.resolve();
  });
  expect(await refreshed).toEqual(START);
  await changed;
  expect(meta.now.locked).toBe(true);
});
