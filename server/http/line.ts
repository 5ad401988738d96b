import { z } from 'zod';
import { cleanLabel } from '../../lib/protocol/index.ts';

/** One line of at most `most` UTF-16 units, for names and titles that others are shown. */
export const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'has control characters')
    .transform((text) => cleanLabel(text, most));
