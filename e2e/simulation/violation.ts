/** What was broken: a promise of DESIGN's, or something that each of them needs. */
export type Rule =
  | 'P1'
  | 'P2'
  | 'P3'
  | 'P4'
  | 'P5'
  | 'P6'
  | 'P8'
  | 'P11'
  | 'P12'
  /** The protocol's own rules: order within a socket, frozen resends, sizes. */
  | 'wire'
  /** The server or a client stumbled: an error nobody foresaw, a close that says "never come back". */
  | 'stumble'
  /** It does not come to rest although nothing is broken any more. */
  | 'rest';

/** A history in which a promise was broken. `message` names seed, rule, time and what was seen. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly seed: number;
  readonly rule: Rule;
  /** The last events before it, if they were recorded. */
  readonly trace: readonly string[];

  constructor(seed: number, rule: Rule, what: string, atMs: number, trace: readonly string[]) {
    super(`Seed ${seed} broke ${rule} after ${(atMs / 1_000).toFixed(3)} s: ${what}`);
    this.seed = seed;
    this.rule = rule;
    this.trace = trace;
  }
}
