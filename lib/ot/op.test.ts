import { describe, expect, it } from 'vitest';
import { baseSpan, deletion, identity, insertion, isIdentity, lengthChange, replacement, weight } from './index.ts';

describe('making ops', () => {
  it('makes canonical ops, at the start and elsewhere', () => {
    expect(insertion(0, 'a')).toEqual(['a']);
    expect(insertion(3, 'a')).toEqual([3, 'a']);
    expect(deletion(0, 2)).toEqual([-2]);
    expect(deletion(3, 2)).toEqual([3, -2]);
    expect(replacement(0, 2, 'a')).toEqual(['a', -2]);
    expect(replacement(3, 2, 'a')).toEqual([3, 'a', -2]);
  });

  it('gives identity for nothing, and identity cannot be changed', () => {
    expect([insertion(3, ''), deletion(3, 0), replacement(0, 0, '')]).toEqual([identity, identity, identity]);
    expect(isIdentity(insertion(3, ''))).toBe(true);
    expect(isIdentity(['a'])).toBe(false);
    expect(Object.isFrozen(identity)).toBe(true);
  });
});

describe('measuring ops', () => {
  it('counts what is reached, gained and changed, in UTF-16 units', () => {
    const op = [2, '😀a', -4, 1, -1];
    expect([baseSpan(op), lengthChange(op), weight(op)]).toEqual([8, -2, 8]);
    expect([baseSpan(identity), lengthChange(identity), weight(identity)]).toEqual([0, 0, 0]);
  });
});
