/**
 * How many rounds a benchmark takes: `usual`, so that all of them together stay short, unless the environment variable
 * BENCH_ROUNDS asks for another number. Throws if that is none.
 */
export function roundsOr(usual: number): number {
  const asked = process.env['BENCH_ROUNDS'];
  if (asked === undefined) return usual;
  const rounds = Number(asked);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new RangeError(`BENCH_ROUNDS is "${asked}"; it must be a number from 1 on.`);
  return rounds;
}
