import type { Range } from './match.ts';

/** Words with what was matched in bold. */
export function MarkedWords({ words, ranges }: { words: string; ranges: readonly Range[] }) {
  return (
    <bdi>
      {ranges.map(([from, to], index) => (
        <span key={from}>
          {words.slice(ranges[index - 1]?.[1] ?? 0, from)}
          <b>{words.slice(from, to)}</b>
        </span>
      ))}
      {words.slice(ranges.at(-1)?.[1] ?? 0)}
    </bdi>
  );
}
