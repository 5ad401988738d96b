import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import { subscribeCalmly } from './calm-view.ts';

const SAVED = { rev: 1, unsaved: 0, journal: 'ok', title: 'Plans', status: { kind: 'saved' } } as unknown as RoomView;

function scene() {
  let view = SAVED;
  let told = 0;
  let listener = () => undefined as void;
  const client: Partial<RoomClient> = {
    view: () => view,
    subscribe(added) {
      listener = added;
      return () => (listener = () => undefined);
    },
  };
  const stop = subscribeCalmly(client as RoomClient)(() => (told += 1));
  const set = (change: Partial<RoomView>) => {
    view = { ...view, ...change };
    listener();
  };
  return { set, stop, told: () => told };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells of many revisions a few times in a second', () => {
  const { set, told } = scene();
  for (let rev = 2; rev <= 50; rev++) {
    set({ rev });
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(200);
  expect(told()).toBe(3);
  expect(vi.getTimerCount()).toBe(0);
});

it('tells at once of everything else, and that something is not saved any more', () => {
  const { set, told } = scene();
  set({ title: 'Other plans' });
  expect(told()).toBe(1);
  set({ rev: 2 });
  set({ unsaved: 1 });
  expect(told()).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
  set({ unsaved: 2 });
  set({ unsaved: 0 });
  expect(told()).toBe(2);
  vi.advanceTimersByTime(200);
  expect(told()).toBe(3);
});

it('tells of each letter that nothing keeps, for leaving would lose it', () => {
  const { set, told } = scene();
  set({ unsaved: 1, journal: 'failed' });
  set({ unsaved: 2 });
  expect(told()).toBe(2);
});

it('is silent when it was stopped', () => {
  const { set, stop, told } = scene();
  set({ rev: 2 });
  stop();
  vi.advanceTimersByTime(1_000);
  set({ title: 'Late' });
  expect(told()).toBe(0);
});
