/** Fetches what the page does with others; the same promise's file for all who ask. */
export const fetchPeopleParts = () => import('./people-parts.ts');
