import type { EditorView } from '@codemirror/view';
import { caretsIn } from '../editor/remote-carets.ts';
import type { RoomClient } from '../../lib/client/index.ts';
import { Activity } from './activity.ts';
import { whereabouts, type Whereabouts } from './around.ts';

/** Lines and idleness need not be newer than this, in ms: one look for many carets. */
const LOOK_MS = 250;
/** Idleness comes by itself, without any event. In ms. */
const AGAIN_MS = 5_000;

/** Keeps `whereabouts` up to date. Returns how to stop, which leaves it empty. */
export function watchWhereabouts(client: RoomClient, editor: () => EditorView | null): () => void {
  const activity = new Activity();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const look = () => {
    timer = null;
    const now = Date.now();
    const { people } = client.view();
    activity.present(
      people.map(({ author }) => author),
      now,
    );
    const state = editor()?.state;
    const carets = new Map((state === undefined ? [] : caretsIn(state)).map((caret) => [caret.author, caret.ranges]));
    const next = new Map<number, Whereabouts>();
    for (const { author } of people) {
      const range = carets.get(author)?.at(-1);
      next.set(author, {
        line: state === undefined || range === undefined ? null : state.doc.lineAt(range[1]).number,
        selected: range === undefined ? 0 : Math.abs(range[1] - range[0]),
        editing: activity.isEditing(author, now),
        idleSince: activity.idleSince(author, now),
      });
    }
    if (!same(next, whereabouts.get())) whereabouts.set(next);
  };
  const soon = () => (timer ??= setTimeout(look, LOOK_MS));

  const stopView = client.subscribe(() => {
    const { people, typing } = client.view();
    const now = Date.now();
    activity.present(
      people.map(({ author }) => author),
      now,
    );
    // What came while we were away is nobody's typing, and a program has no keyboard.
    activity.edited(typing, now);
    soon();
  });
  const stopCarets = client.onCarets((_carets, { moved }) => {
    activity.moved(moved, Date.now());
    soon();
  });
  const again = setInterval(look, AGAIN_MS);
  look();
  return () => {
    stopView();
    stopCarets();
    clearInterval(again);
    if (timer !== null) clearTimeout(timer);
    whereabouts.set(new Map());
  };
}

function same(a: ReadonlyMap<number, Whereabouts>, b: ReadonlyMap<number, Whereabouts>): boolean {
  return (
    a.size === b.size &&
    [...a].every(([author, one]) => {
      const other = b.get(author);
      return (
        other?.line === one.line &&
        other.selected === one.selected &&
        other.editing === one.editing &&
        other.idleSince === one.idleSince
      );
    })
  );
}
