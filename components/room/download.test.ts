import { expect, it } from 'vitest';
import { fileName } from './download.ts';

it.each([
  ['Platform weekly', 'md', 'Platform weekly.md'],
  ['notes.py', 'py', 'notes.py'],
  ['', 'md', 'Untitled.md'],
  ['../../etc/passwd', 'txt', '-..-etc-passwd.txt'],
  ['a/b: c?', 'md', 'a-b- c-.md'],
  ['...', 'md', 'Untitled.md'],
])('[page] the room %j downloads as %j → %j', (title, ending, wanted) => {
  expect(fileName(title, ending)).toBe(wanted);
});
