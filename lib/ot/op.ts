/**
 * A text operation. `n > 0` retains n units, `"s"` inserts s, `n < 0` deletes -n units: `[5, "abc", -2]`.
 * Units are UTF-16 code units. Canonical: no empty parts, equal neighbours merged, insert before delete,
 * no trailing retain. `[]` is identity.
 */
export type Op = readonly (number | string)[];
