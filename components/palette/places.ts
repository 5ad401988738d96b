import { BookOpen, Hash, Languages, User } from 'lucide-react';
import { DEFAULT_LANGUAGE } from '../editor/language-guess.ts';
import { goTo } from '../outline/go-to.ts';
import { headingsOf } from '../outline/headings.ts';
import { crowdOf } from '../people/crowd.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { recentRooms } from '../rooms/recent-rooms.ts';
import { lastSeenWords, titleOf } from '../rooms/room-words.ts';
import { withBase } from '../ui/base-path.ts';
import type { Findable } from './action.ts';
import { paletteStrings } from './palette-strings.ts';

/** The headings of the text, the people here and the rooms of this browser, as they are now. */
export function places(tools: RoomTools, now: number): Findable[] {
  return [...headings(tools), ...persons(tools), ...rooms(tools, now)];
}

function headings({ editor, language }: RoomTools): Findable[] {
  const view = editor();
  if (view === null || language !== DEFAULT_LANGUAGE) return [];
  return headingsOf(view.state.doc.iterLines()).map(({ from, line, words }) => ({
    id: `heading ${line}`,
    words: words === '' ? paletteStrings.headingWithoutWords : words,
    detail: paletteStrings.headingAt(line),
    group: 'headings',
    icon: Hash,
    run: () => goTo(view, from, 'start'),
  }));
}

function persons({ view, acts }: RoomTools): Findable[] {
  return crowdOf(view).map(({ name, authors }) => ({
    id: `person ${authors[0]}`,
    words: name,
    group: 'persons',
    icon: User,
    run: () => acts.jumpTo(authors),
  }));
}

function rooms({ view }: RoomTools, now: number): Findable[] {
  return recentRooms()
    .filter((room) => room.token !== view.token && room.gone === null)
    .map((room) => ({
      id: `room ${room.token}`,
      words: titleOf(room),
      detail: lastSeenWords(room, now),
      group: 'rooms',
      icon: BookOpen,
      run: () => window.location.assign(withBase(`/r/${room.token}`)),
    }));
}

/** One for each language that the text can be set to. */
export function languages(names: readonly string[]): Findable[] {
  return names.map((name) => ({
    id: `language ${name}`,
    words: paletteStrings.language(name),
    group: 'languages',
    icon: Languages,
    run: ({ client }) => client?.setLanguage(name),
  }));
}
