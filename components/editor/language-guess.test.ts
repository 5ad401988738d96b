import { languages } from '@codemirror/language-data';
import { expect, it } from 'vitest';
import { languageOfTitle } from './language-guess.ts';

it.each([
  ['notes.py', 'Python'],
  ['main.ts', 'TypeScript'],
  ['App.tsx', 'TSX'],
  ['style.CSS', 'CSS'],
  ['readme.md', 'Markdown'],
  ['todo.txt', 'Plain text'],
  ['Dockerfile', 'Dockerfile'],
  ['Platform weekly', null],
  ['Version 2.0', null],
  ['What is next.', null],
  ['unknown.zzz', null],
  ['', null],
])('[page] the title %j is written in %j', (title, wanted) => {
  expect(languageOfTitle(title, languages)).toBe(wanted);
});
