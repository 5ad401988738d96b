import { layerStrings } from '../layer-strings.ts';
import { idleSince, placeOf, type Whereabouts } from '../presence/around.ts';
import { presenceStrings } from '../presence/presence-strings.ts';
import type { Present } from './crowd.ts';

/** What somebody does, for the line below their name. `now` in Unix milliseconds; `link` is the name of theirs, where known. */
export function doing(one: Present, all: ReadonlyMap<number, Whereabouts>, now: number, link: string): string {
  const words = layerStrings.people;
  const t = presenceStrings.doing;
  if (one.kind === 'api') return words.program;
  const since = idleSince(one.authors, all);
  if (since !== null) return t.idle(Math.max(1, Math.floor((now - since) / 60_000)));
  if (one.viewing) return link === '' ? words.here : t.byLink(link);
  const place = placeOf(one.authors, all);
  if (one.kind === 'yjs') return one.typing ? words.writingYjs : words.hereYjs;
  if (place === null || place.line === null) return one.typing ? words.writing : words.here;
  if (place.selected > 0) return t.selected(place.line, place.selected);
  return place.editing ? t.editing(place.line) : t.at(place.line);
}
