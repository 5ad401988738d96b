import type { RoomView } from '../../lib/client/index.ts';
import type { EntryPage } from './history-types.ts';
import type { Visit } from './visits.ts';

type Facts = Pick<RoomView, 'rev' | 'you' | 'me'>;

/**
 * What was seen at the last visit, if others have written since; null if nobody has, or this browser was never here. Rejects
 * as `entries` does.
 */
export async function missedSince(
  visit: Visit | null,
  { rev, you, me }: Facts,
  entries: (from: number, to: number) => Promise<EntryPage>,
): Promise<Visit | null> {
  if (visit === null || visit.rev >= rev) return null;
  const page = await entries(visit.rev + 1, rev);
  const names = new Map(page.authors.map((one) => [one.author, one]));
  const isMine = (author: number) => {
    const known = names.get(author);
    // What was typed just before leaving arrived after it, under another number of ours.
    return author === you || (known !== undefined && known.name === me.name && known.color === me.color);
  };
  const isForeign = page.entries.some(({ author }) => !isMine(author));
  return isForeign || page.next !== null ? visit : null;
}
