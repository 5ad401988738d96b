import type { RemoteCaret } from '../../lib/client/index.ts';
import { caretsIn } from '../editor/remote-carets.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { goThere } from './go-there.ts';
import { presenceStrings } from './presence-strings.ts';

/** Where the last jump went, so that the next one goes on from there. */
let lastAuthor: number | null = null;

/** Goes to the next caret in the order of the text, or the one before, and says whose it is and where. */
export function goToNextPerson(tools: RoomTools, step: 1 | -1): void {
  const view = tools.editor();
  const one = view === null ? null : nextCaret(caretsIn(view.state), lastAuthor, step);
  const head = one?.ranges.at(-1)?.[1];
  if (view === null || one === null || head === undefined) return tools.say(presenceStrings.next.nobody);
  lastAuthor = one.author;
  goThere(tools, { authors: [one.author], name: one.name });
  tools.say(presenceStrings.next.place(one.name, view.state.doc.lineAt(head).number));
}

/** After `last` comes the next caret below, around the end of the text; whoever has none is passed over. */
export function nextCaret(carets: readonly RemoteCaret[], last: number | null, step: 1 | -1): RemoteCaret | null {
  const head = ({ ranges }: RemoteCaret) => ranges.at(-1)?.[1] ?? 0;
  const inOrder = carets.filter(({ ranges }) => ranges.length > 0).sort((a, b) => head(a) - head(b));
  const here = inOrder.findIndex(({ author }) => author === last);
  if (here < 0) return inOrder.at(step === 1 ? 0 : -1) ?? null;
  return inOrder.at((here + step) % inOrder.length) ?? null;
}
