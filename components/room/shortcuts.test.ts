import { afterEach, expect, it, vi } from 'vitest';
import { shortcutOf } from './shortcuts.ts';
import { NOTHING_OPEN } from './surfaces.ts';

afterEach(() => vi.unstubAllGlobals());

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

it('opens and closes the palette with Ctrl K and ⌘ K', () => {
  expect(shortcutOf({ ...plain, key: 'k', ctrlKey: true }, NOTHING_OPEN)).toEqual({ dialog: 'palette' });
  expect(shortcutOf({ ...plain, key: 'k', metaKey: true }, { ...NOTHING_OPEN, dialog: 'palette' })).toEqual({
    dialog: null,
  });
});

it('leaves letters alone, those of AltGr too', () => {
  expect(shortcutOf({ ...plain, key: 'k' }, NOTHING_OPEN)).toBeNull();
  expect(shortcutOf({ ...plain, key: 'k', ctrlKey: true, altKey: true }, NOTHING_OPEN)).toBeNull();
  expect(shortcutOf({ ...plain, key: 'H', ctrlKey: true }, NOTHING_OPEN)).toBeNull();
  expect(shortcutOf({ ...plain, key: 'H', ctrlKey: true, shiftKey: true }, NOTHING_OPEN)).toEqual({
    drawer: 'history',
  });
});

it('goes to a line with Alt G, and leaves Ctrl G to the search', () => {
  expect(shortcutOf({ ...plain, key: 'g', altKey: true }, NOTHING_OPEN)).toEqual({ dialog: 'goToLine' });
  expect(shortcutOf({ ...plain, key: 'g', ctrlKey: true }, NOTHING_OPEN)).toBeNull();
  expect(shortcutOf({ ...plain, key: 'g', altKey: true, ctrlKey: true }, NOTHING_OPEN)).toBeNull();
});

it('goes to a line with Ctrl G on a Mac', () => {
  vi.stubGlobal('navigator', { platform: 'MacIntel' });
  expect(shortcutOf({ ...plain, key: 'g', ctrlKey: true }, NOTHING_OPEN)).toEqual({ dialog: 'goToLine' });
  expect(shortcutOf({ ...plain, key: 'g', metaKey: true }, NOTHING_OPEN)).toBeNull();
  expect(shortcutOf({ ...plain, key: '©', altKey: true }, NOTHING_OPEN)).toBeNull();
});
