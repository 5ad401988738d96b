import { describe, expect, it } from 'vitest';
import { VarintReader, VarintWriter } from './varints.ts';

describe('varints', () => {
  it('give back every number that they can say, and know their end', () => {
    const small = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1];
    const large = [...small, 2 ** 31, 2 ** 32, 1_700_000_000_000, 2 ** 49 - 1, 2 ** 49, Number.MAX_SAFE_INTEGER];
    const writer = new VarintWriter();
    for (const value of small) writer.unsigned(value);
    for (const value of small.filter((one) => one < 2 ** 30)) writer.signed(-value);
    for (const value of large) writer.large(value);
    const reader = new VarintReader(writer.done());
    for (const value of small) expect(reader.unsigned()).toBe(value);
    for (const value of small.filter((one) => one < 2 ** 30)) expect(reader.signed() + value).toBe(0);
    for (const value of large) expect(reader.large()).toBe(value);
    expect(reader.isAtEnd).toBe(true);
    expect(() => reader.unsigned()).toThrow(RangeError);
    expect(() => reader.large()).toThrow(RangeError);
    expect(() => reader.take(1)).toThrow(RangeError);
  });
});
