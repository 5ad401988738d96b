import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';

describe('The faults that are made on purpose', () => {
  it.each(MUTATIONS.map(({ name, file, find }) => ({ name, file, find })))(
    'have something to change: $name',
    ({ file, find }) => {
      const source = readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');
      expect(source.split(find)).toHaveLength(2);
    },
  );

  it('have a name each', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });
});
