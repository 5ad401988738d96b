import { expect, it } from 'vitest';
import { Activity, IDLE_MS } from './activity.ts';

it('[page] somebody is idle a minute after the last movement, and not any more with the next', () => {
  const activity = new Activity();
  activity.present([1, 2], 0);
  expect(activity.idleSince(1, IDLE_MS - 1)).toBeNull();
  expect(activity.idleSince(1, IDLE_MS)).toBe(0);
  activity.moved([1], IDLE_MS + 5);
  expect(activity.idleSince(1, 2 * IDLE_MS)).toBeNull();
  expect(activity.idleSince(2, 2 * IDLE_MS)).toBe(0);
});

it('[page] moving the caret is not editing, and editing ends after a minute', () => {
  const activity = new Activity();
  activity.present([1], 0);
  activity.moved([1], 10);
  expect(activity.isEditing(1, 11)).toBe(false);
  activity.edited([1], 20);
  expect(activity.isEditing(1, 21)).toBe(true);
  expect(activity.isEditing(1, 20 + IDLE_MS)).toBe(false);
});

it('[page] whoever leaves is forgotten, and whoever is not here does nothing', () => {
  const activity = new Activity();
  activity.edited([7], 0);
  expect(activity.isEditing(7, 1)).toBe(false);
  activity.present([7], 0);
  activity.edited([7], 1);
  activity.present([], 2);
  activity.present([7], IDLE_MS * 3);
  expect(activity.isEditing(7, IDLE_MS * 3)).toBe(false);
  expect(activity.idleSince(7, IDLE_MS * 3)).toBeNull();
});
