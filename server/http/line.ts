import { z } from 'zod';

/** One line of at most `most` UTF-16 units, for names and titles that others are shown. */
export const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'has control characters');
