import { expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';
import { NOTHING_OPEN } from './surfaces.ts';

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
