import type { Person, RoomView } from '../../lib/client/index.ts';

/** Somebody else in the room; all tabs of one browser are one person. */
export interface Present {
  /** Every author number that this person has here, newest last. */
  authors: readonly number[];
  name: string;
  color: number;
  viewing: boolean;
  kind: Person['kind'];
  typing: boolean;
}

/** Everybody else, one entry for each browser, in the order of their arrival. */
export function crowdOf(view: Pick<RoomView, 'people' | 'typing' | 'me' | 'you'>): Present[] {
  const crowd = new Map<string, Present>();
  for (const one of view.people) {
    if (one.author === view.you || (one.person !== '' && one.person === view.me.person)) continue;
    const key = one.person === '' ? `author ${one.author}` : one.person;
    const known = crowd.get(key);
    crowd.set(key, {
      authors: [...(known?.authors ?? []), one.author],
      name: one.name,
      color: one.color,
      viewing: one.role === 'view' && (known?.viewing ?? true),
      kind: one.kind,
      typing: view.typing.has(one.author) || (known?.typing ?? false),
    });
  }
  return [...crowd.values()];
}
