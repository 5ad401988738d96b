import type { LucideIcon } from 'lucide-react';
import type { RoomTools } from '../room/room-tools.ts';

/** Under which heading an action stands while nothing is typed. */
export type ActionGroup = 'room' | 'text' | 'people' | 'look' | 'help';
/** What else can be found, apart from actions. */
export type PlaceGroup = 'headings' | 'persons' | 'rooms' | 'languages';

/** A key, or several at once, such as `Mod+Shift+H`: `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Keys = string | { mac: string; other: string };

interface Named<Group> {
  /** Never changes: the recent ones are remembered by it. */
  id: string;
  words: string;
  group: Group;
  /** Smaller, behind the words; not searched. */
  detail?: string;
  /** The same can be done with these. */
  keys?: Keys;
  icon?: LucideIcon;
  /** Is there anything to do now? Asked when the palette opens: cheap, and without effects. */
  when?: (tools: RoomTools) => boolean;
}

/** What happens: `run` after the palette has closed, or it stays open and `asks` stands in its field. */
type Deed = { run: (tools: RoomTools) => void; asks?: never } | { asks: string; run?: never };

/** Something to do in a room, found by its words. */
export type Action = Named<ActionGroup> & Deed;
/** Everything that the palette can find. */
export type Findable = Named<ActionGroup | PlaceGroup> & Deed;
