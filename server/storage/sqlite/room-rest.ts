/** A room in which nobody has written for so long rests, in ms: then it is packed as small as it gets. */
export const REST_MS = 10_000;
