/** What one scene gave, round by round. */
export interface Results<Round> {
  name: string;
  rounds: readonly Round[];
}

/** Medians of five, as the issue asks. */
export const ROUNDS = 5;

/**
 * Measures all scenes in each of the rounds, so that they have the same weather: what is compared is compared within a
 * round. Before the rounds each is measured once for nothing: it compiles, and fills the caches.
 */
export async function takeTurns<Scene extends { name: string }, Round>(
  scenes: readonly Scene[],
  measure: (scene: Scene, round: number) => Round | Promise<Round>,
  { rounds = ROUNDS, warmUp = true }: { rounds?: number; warmUp?: boolean } = {},
): Promise<Results<Round>[]> {
  if (warmUp) for (const scene of scenes) await measure(scene, -1);
  const results = scenes.map(({ name }) => ({ name, rounds: [] as Round[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, scene] of scenes.entries()) results[index]?.rounds.push(await measure(scene, round));
  }
  return results;
}
