import { describe, expect, it } from 'vitest';
import { exportFile, importFile } from './file-shape.ts';

describe('importing and exporting a file', () => {
  it.each([
    ['line feeds', 'a\nb\n'],
    ['no final newline', 'a\nb'],
    ['carriage returns and line feeds', 'a\r\nb\r\n'],
    ['carriage returns', 'a\rb\r'],
    ['a byte-order mark', '\ufeffa\r\nb'],
    ['emoji', '👩‍👩‍👧\r\né'],
    ['nothing', ''],
  ])('[P6] gives the bytes of a file with %s back', (_, raw) => {
    const { text, shape } = importFile(raw);
    expect(text).not.toMatch(/[\r\ufeff]/);
    expect(exportFile(text, shape).toString('utf8')).toBe(raw);
  });

  it('takes the commonest of mixed line ends', () => {
    expect(importFile('a\r\nb\r\nc\n').shape.lineEnd).toBe('\r\n');
    expect(importFile('a\r\nb\nc\n').shape.lineEnd).toBe('\n');
  });

  it('adds nothing to a text that was written here', () => {
    expect(exportFile('a\nb', null).toString()).toBe('a\nb');
  });
});
