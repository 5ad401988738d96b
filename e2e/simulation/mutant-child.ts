import { playHistories, seedsFrom } from './play.ts';

/** Runs inside of a mutant: plays so many seeds, until the first violation, and says in one line of JSON how it went. */
const seeds = Number(process.argv[2]);
const { histories, violations } = await playHistories(seedsFrom(1, seeds), (played) => played.violations.length > 0);
console.log(JSON.stringify({ histories, message: violations[0]?.message ?? null }));
