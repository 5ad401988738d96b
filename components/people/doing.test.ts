import { expect, it } from 'vitest';
import type { Whereabouts } from '../presence/around.ts';
import type { Present } from './crowd.ts';
import { doing } from './doing.ts';

const ann: Present = { authors: [1, 2], name: 'Ann', color: 1, viewing: false, kind: 'ot', typing: false };
const place = (change: Partial<Whereabouts>): Whereabouts => ({
  line: null,
  selected: 0,
  editing: false,
  idleSince: null,
  ...change,
});
const words = (one: Present, places: Record<number, Partial<Whereabouts>>, link = '') =>
  doing(one, new Map(Object.entries(places).map(([author, change]) => [Number(author), place(change)])), 300_000, link);

it('[page] says where somebody writes, what they selected, or that they are only here', () => {
  expect(words(ann, { 1: { line: 12, editing: true } })).toBe('Editing line 12');
  expect(words(ann, { 1: { line: 7, selected: 15, editing: true } })).toBe('Line 7, 15 selected');
  expect(words(ann, { 1: { line: 1_200 } })).toBe('Line 1,200');
  expect(words(ann, {})).toBe('Here');
});

it('[page] a person in two tabs is where they edit, and idle only if both are', () => {
  expect(words(ann, { 1: { line: 3, editing: true }, 2: { line: 9 } })).toBe('Editing line 3');
  expect(words(ann, { 1: { idleSince: 60_000 }, 2: { line: 9 } })).toBe('Line 9');
  expect(words(ann, { 1: { idleSince: 60_000 }, 2: { idleSince: 30_000 } })).toBe('Idle for 4 minutes');
});

it('[page] who only reads is known by the link, if the owner looks', () => {
  const sam = { ...ann, viewing: true };
  expect(words(sam, { 1: { line: 3 } }, 'Design review')).toBe('By the link "Design review"');
  expect(words(sam, { 1: { line: 3 } })).toBe('Here');
});
