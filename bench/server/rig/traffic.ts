import { Latencies } from './latencies.ts';

/** What was typed and what of it arrived, from one moment to another, over all rooms of a scene. */
export class Traffic {
  /** Characters. */
  typed = 0;
  /** One character on the socket of one other member. */
  delivered = 0;
  /** How many of those there have to be. */
  expected = 0;
  /** From the key to the socket of another member, in ms. */
  readonly toOthers = new Latencies();
}
