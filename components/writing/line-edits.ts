export interface LineEdit {
  from: number;
  to: number;
  insert: string;
}

/**
 * What makes `after` of `before`, where little but spaces and bars differs: words that both have are left alone, so that
 * somebody who writes in them at the same time keeps their place. `at` is where `before` begins.
 */
export function lineEdits(at: number, before: string, after: string): LineEdit[] {
  const edits: LineEdit[] = [];
  const edit = (from: number, to: number, insert: string) => {
    const last = edits.at(-1);
    if (last !== undefined && last.to === from) {
      last.to = to;
      last.insert += insert;
    } else if (from < to || insert !== '') {
      edits.push({ from, to, insert });
    }
  };
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      i += 1;
      j += 1;
    } else if (before[i] === ' ') {
      edit(at + i, at + i + 1, '');
      i += 1;
    } else {
      edit(at + i, at + i, after[j] ?? '');
      j += 1;
    }
  }
  edit(at + i, at + before.length, after.slice(j));
  return edits;
}
