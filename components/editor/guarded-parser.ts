import { Language, languageDataProp } from '@codemirror/language';
import { NodeType, Parser, Tree, type Input, type PartialParse, type TreeFragment } from '@lezer/common';

/**
 * How deep a syntax tree may be. Highlighting and folding call themselves once for each level, on whatever stack the
 * page has left: YAML with 1,000 brackets in a row makes 5,000 levels, which overflow it. Code that people write stays
 * under 100, a sum of a thousand parts reaches 1,000.
 */
const MOST_LEVELS = 1_500;

interface Ranges {
  readonly from: number;
  readonly to: number;
}

/** `language` with its parser under guard; everything else of it, and what its package adds, stays as it is. */
export function guarded(language: Language): Language {
  return new Language(language.data, new GuardedParser(language.parser, language.data), [], language.name);
}

/**
 * Lets a parser stumble without a fall: where it throws, or makes a tree deeper than can be walked, the text has no
 * syntax, as if it were plain. It is asked again when the text changes.
 */
export class GuardedParser extends Parser {
  readonly #inner: Parser;
  readonly #plain: NodeType;

  constructor(inner: Parser, data?: Language['data']) {
    super();
    this.#inner = inner;
    const props = data === undefined ? [] : [[languageDataProp, data] as [typeof languageDataProp, Language['data']]];
    this.#plain = NodeType.define({ id: 0, name: 'Document', top: true, props });
  }

  override createParse(input: Input, fragments: readonly TreeFragment[], ranges: readonly Ranges[]): PartialParse {
    const from = ranges[0]?.from ?? 0;
    const plain = (to: number): Tree => new Tree(this.#plain, [], [], to - from);
    return new GuardedParse(
      () => this.#inner.startParse(input, fragments, ranges),
      ranges.at(-1)?.to ?? input.length,
      plain,
    );
  }
}

class GuardedParse implements PartialParse {
  /** Null once it has stumbled. */
  #inner: PartialParse | null;
  #stoppedAt: number | null = null;
  readonly #end: number;
  readonly #plain: (to: number) => Tree;

  constructor(start: () => PartialParse, end: number, plain: (to: number) => Tree) {
    this.#end = end;
    this.#plain = plain;
    this.#inner = orNull(start);
  }

  get parsedPos(): number {
    return this.#inner?.parsedPos ?? this.#stoppedAt ?? this.#end;
  }

  get stoppedAt(): number | null {
    return this.#inner === null ? this.#stoppedAt : this.#inner.stoppedAt;
  }

  stopAt(at: number): void {
    this.#stoppedAt = at;
    this.#inner?.stopAt(at);
  }

  advance(): Tree | null {
    const inner = this.#inner;
    const step = inner === null ? null : orNull(() => ({ tree: inner.advance() }));
    if (step !== null && (step.tree === null || levelsOf(step.tree) <= MOST_LEVELS)) return step.tree;
    this.#inner = null;
    return this.#plain(this.#stoppedAt ?? this.#end);
  }
}

/** What `make` makes; null if it throws: a grammar of somebody else's met a text that it was not made for. */
function orNull<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    return null;
  }
}

/** Levels of trees that were counted before: the next tree of a text has most of its parts in common with the last. */
const counted = new WeakMap<Tree, number>();

/** How deep `tree` is, counted without calling itself. */
export function levelsOf(tree: Tree): number {
  const path: { tree: Tree; next: number; levels: number }[] = [{ tree, next: 0, levels: 1 }];
  for (;;) {
    const top = path.at(-1);
    if (top === undefined) return counted.get(tree) ?? 1;
    const child = top.tree.children[top.next++];
    if (child === undefined) {
      counted.set(top.tree, top.levels);
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) parent.levels = Math.max(parent.levels, top.levels + 1);
    } else if (child instanceof Tree) {
      const known = counted.get(child);
      if (known === undefined) path.push({ tree: child, next: 0, levels: 1 });
      else top.levels = Math.max(top.levels, known + 1);
    } else top.levels = Math.max(top.levels, 1 + levelsInBuffer(child.buffer));
  }
}

/** Each node of a buffer is four numbers, the last of which says where the nodes inside it end; they follow it. */
function levelsInBuffer(buffer: Uint16Array): number {
  const ends: number[] = [];
  let levels = 0;
  for (let at = 0; at < buffer.length; at += 4) {
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= at) ends.pop();
    ends.push(buffer[at + 3] ?? 0);
    levels = Math.max(levels, ends.length);
  }
  return levels;
}
