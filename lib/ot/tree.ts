import { isHigh } from './clean-text.ts';
import type { Owner } from './leaf.ts';
import { Leaf, LEAF_MAX } from './leaf.ts';

/** Units of a fresh leaf: a quarter is left to grow into before it has to be cut again. */
const LEAF_FILL = (LEAF_MAX * 3) / 4;
/** A leaf that shrinks below this is joined to its neighbour, so that deleting cannot leave thousands of crumbs. */
const LEAF_MIN = LEAF_MAX / 8;
/** Leaves of a full group: at 10 MB there are then about as many groups as leaves in a group. */
const GROUP_MAX = 64;
const GROUP_MIN = GROUP_MAX / 8;

/** Neighbouring leaves. `lengths` says theirs again, side by side in memory: a search reads nothing else. */
interface Group {
  readonly owner: Owner;
  readonly leaves: Leaf[];
  readonly lengths: number[];
}

/**
 * A text as leaves in groups, a counted index of two levels. Trees may share groups and leaves; each changes only those
 * that have its `owner`, and copies the others first. There is always a leaf, and none is empty unless all the text is.
 * No leaf ends inside a surrogate pair, as long as no edit does.
 */
export class Tree {
  length: number;
  private owner: Owner = {};
  private readonly groups: Group[];
  /** The length of each group. */
  private readonly lengths: number[];
  /** The leaf found last, where the next search begins: its group, its index there, its first unit's position. */
  private groupIndex = 0;
  private leafIndex = 0;
  private leafStart = 0;

  private constructor(groups: Group[], lengths: number[], length: number) {
    this.groups = groups;
    this.lengths = lengths;
    this.length = length;
  }

  static of(text: string): Tree {
    const tree = new Tree([], [], text.length);
    const leaves = cut(text, tree.owner);
    tree.setGroups(0, 0, leaves.length > 0 ? leaves : [Leaf.of('', tree.owner)]);
    return tree;
  }

  /** A tree of the same text. Both copy what they share before they change it. */
  share(): Tree {
    this.owner = {};
    return new Tree(this.groups.slice(), this.lengths.slice(), this.length);
  }

  /** NaN outside of the text. */
  charCodeAt(position: number): number {
    if (position < 0 || position >= this.length) return NaN;
    return this.seek(position, position + 1).charCodeAt(position - this.leafStart);
  }

  /** Both ends must be in the text. */
  slice(from: number, to: number): string {
    if (from >= to) return '';
    const first = this.seek(from, from + 1);
    if (to <= this.leafStart + first.length) return first.slice(from - this.leafStart, to - this.leafStart);
    let text = '';
    for (let position = from; position < to;) {
      const leaf = this.seek(position, position + 1);
      const start = this.leafStart;
      const end = Math.min(to, start + leaf.length);
      text += leaf.slice(position - start, end - start);
      position = end;
    }
    return text;
  }

  /** The text of each leaf, in order. */
  *chunks(): Generator<string> {
    for (const group of this.groups) for (const leaf of group.leaves) yield leaf.slice(0, leaf.length);
  }

  /** Replaces `removed` units from `at` on, all of which must be in the text. */
  replace(at: number, removed: number, inserted: string): void {
    const end = at + removed;
    const found = this.seek(at, end);
    const length = found.length - removed + inserted.length;
    const fits = end <= this.leafStart + found.length && length <= LEAF_MAX;
    if (!fits || (length < LEAF_MIN && removed > 0 && !this.hasOneLeaf())) {
      this.rebuild(at, end, inserted);
      return;
    }
    const group = this.ownGroup(this.groupIndex);
    let leaf = found;
    if (leaf.owner !== this.owner) {
      leaf = leaf.copy(this.owner);
      group.leaves[this.leafIndex] = leaf;
    }
    leaf.splice(at - this.leafStart, removed, inserted);
    const change = inserted.length - removed;
    group.lengths[this.leafIndex] = length;
    this.lengths[this.groupIndex] = (this.lengths[this.groupIndex] ?? 0) + change;
    this.length += change;
  }

  private hasOneLeaf(): boolean {
    return this.groups.length === 1 && this.groups[0]?.leaves.length === 1;
  }

  /**
   * Finds the leaf with the units from `from` up to `to` (or, if it has less, as many as it has), and remembers it. An
   * empty range between two leaves may find either.
   */
  private seek(from: number, to: number): Leaf {
    const known = this.groups[this.groupIndex]?.leaves[this.leafIndex];
    if (known !== undefined && from >= this.leafStart && to <= this.leafStart + known.length) return known;
    let start = 0;
    let groupIndex = 0;
    for (const last = this.groups.length - 1; groupIndex < last; groupIndex++) {
      const end = start + (this.lengths[groupIndex] ?? 0);
      if (from < end || to === end) break;
      start = end;
    }
    const group = this.group(groupIndex);
    const lengths = group.lengths;
    let leafIndex = 0;
    for (const last = lengths.length - 1; leafIndex < last; leafIndex++) {
      const end = start + (lengths[leafIndex] ?? 0);
      if (from < end || to === end) break;
      start = end;
    }
    this.groupIndex = groupIndex;
    this.leafIndex = leafIndex;
    this.leafStart = start;
    return leafAt(group, leafIndex);
  }

  /** Replaces the units from `from` up to `to` where that takes more than a change inside one leaf. */
  private rebuild(from: number, to: number, inserted: string): void {
    const first = this.seek(from, from);
    let firstGroup = this.groupIndex;
    let firstLeaf = this.leafIndex;
    const head = first.slice(0, from - this.leafStart);
    const last = this.seek(to, to);
    let lastGroup = this.groupIndex;
    let leavesEnd = this.leafIndex + 1;
    let text = head + inserted + last.slice(to - this.leafStart, last.length);

    const leaves: Leaf[] = this.group(firstGroup).leaves.slice();
    for (let index = firstGroup + 1; index <= lastGroup; index++) {
      leavesEnd += this.group(index - 1).leaves.length;
      leaves.push(...this.group(index).leaves);
    }
    const remaining = leaves.length - (leavesEnd - firstLeaf);
    if (remaining < GROUP_MIN && lastGroup + 1 < this.groups.length) {
      leaves.push(...this.group(++lastGroup).leaves);
    } else if (remaining < GROUP_MIN && firstGroup > 0) {
      const before = this.group(--firstGroup).leaves;
      leaves.unshift(...before);
      firstLeaf += before.length;
      leavesEnd += before.length;
    }
    if (text.length < LEAF_MIN && leavesEnd < leaves.length) {
      const next = leaves[leavesEnd++];
      if (next !== undefined) text += next.slice(0, next.length);
    } else if (text.length < LEAF_MIN && firstLeaf > 0) {
      const before = leaves[--firstLeaf];
      if (before !== undefined) text = before.slice(0, before.length) + text;
    }
    const result = leaves.slice(0, firstLeaf).concat(cut(text, this.owner), leaves.slice(leavesEnd));
    if (result.length === 0) result.push(Leaf.of('', this.owner));
    this.setGroups(firstGroup, lastGroup + 1 - firstGroup, result);
    this.length += inserted.length - (to - from);
  }

  /** Puts `leaves`, in groups of even size, in the place of `removed` groups from `index` on, and forgets the leaf found last. */
  private setGroups(index: number, removed: number, leaves: readonly Leaf[]): void {
    const count = Math.ceil(leaves.length / GROUP_MAX);
    const groups: Group[] = [];
    const lengths: number[] = [];
    for (let part = 0; part < count; part++) {
      const from = Math.floor((leaves.length * part) / count);
      const to = Math.floor((leaves.length * (part + 1)) / count);
      const group = groupOf(leaves.slice(from, to), this.owner);
      groups.push(group);
      lengths.push(group.lengths.reduce((sum, length) => sum + length, 0));
    }
    const groupsAfter = this.groups.splice(index).slice(removed);
    const lengthsAfter = this.lengths.splice(index).slice(removed);
    for (const group of groups.concat(groupsAfter)) this.groups.push(group);
    for (const length of lengths.concat(lengthsAfter)) this.lengths.push(length);
    this.groupIndex = 0;
    this.leafIndex = 0;
    this.leafStart = 0;
  }

  /** The group at `index`, copied first if another tree may hold it. */
  private ownGroup(index: number): Group {
    const group = this.group(index);
    if (group.owner === this.owner) return group;
    const copy = { owner: this.owner, leaves: group.leaves.slice(), lengths: group.lengths.slice() };
    this.groups[index] = copy;
    return copy;
  }

  private group(index: number): Group {
    const group = this.groups[index];
    if (group === undefined) throw new RangeError(`No group ${index} of ${this.groups.length}`);
    return group;
  }
}

function leafAt(group: Group, index: number): Leaf {
  const leaf = group.leaves[index];
  if (leaf === undefined) throw new RangeError(`No leaf ${index} of ${group.leaves.length}`);
  return leaf;
}

function groupOf(leaves: Leaf[], owner: Owner): Group {
  return { owner, leaves, lengths: leaves.map((leaf) => leaf.length) };
}

/** Leaves of nearly even size with the text in them; none if it is empty. */
function cut(text: string, owner: Owner): Leaf[] {
  const count = text.length <= LEAF_MAX ? 1 : Math.ceil(text.length / LEAF_FILL);
  const leaves: Leaf[] = [];
  let from = 0;
  for (let part = 1; part <= count; part++) {
    let to = Math.floor((text.length * part) / count);
    if (to < text.length && isHigh(text.charCodeAt(to - 1))) to--;
    if (to > from) leaves.push(Leaf.of(text.slice(from, to), owner));
    from = to;
  }
  return leaves;
}
