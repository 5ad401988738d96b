import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import { remote, remoteParts } from '../editor/remote-annotation.ts';
import { authorField, editsOf, setNames, setRuns, type AuthoredEdit } from './author-field.ts';
import { runsAfter, runsOf } from './author-runs.ts';
import type { AuthorName, AuthorNames, WhoWrote } from './read-authorship.ts';

/** After a rebase more may follow, and an author whom nobody has named comes with others. In ms. */
const SOON_MS = 1_000;
/** After a failure, doubled each time. In ms. */
const AGAIN_MS = 2_000;
const LONGEST_MS = 60_000;

/**
 * Brings who wrote what into `authorField`: from the server when the editor comes and whenever this page lost count, and from
 * every change after that. It asks about a text that both have, so only while nothing of ours is on its way; what changes
 * until the answer is there is done to the answer.
 */
export function keepAuthorship(
  client: RoomClient,
  read: (token: string, rev: number) => Promise<WhoWrote | null>,
): Extension {
  return ViewPlugin.define((view) => new Keeper(view, client, read));
}

class Keeper {
  private readonly view: EditorView;
  private readonly client: RoomClient;
  private readonly read: (token: string, rev: number) => Promise<WhoWrote | null>;
  private readonly stopView: () => void;
  /** Is what the field has not, or not surely, what the server would say? */
  private wanted = true;
  /** What has changed since the question that waits for its answer. */
  private since: AuthoredEdit[] | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private pause = AGAIN_MS;
  private fromServer: AuthorNames = new Map();
  private people: RoomView['people'] | null = null;
  private me: RoomView['me'] | null = null;
  private gone = false;

  constructor(view: EditorView, client: RoomClient, read: (token: string, rev: number) => Promise<WhoWrote | null>) {
    this.view = view;
    this.client = client;
    this.read = read;
    this.stopView = client.subscribe(() => {
      const { people, me } = client.view();
      const isNamed = people === this.people && me === this.me;
      this.people = people;
      this.me = me;
      if (this.wanted || !isNamed) this.later(0);
    });
    this.later(0);
  }

  update({ transactions }: ViewUpdate): void {
    for (const transaction of transactions) {
      if (!transaction.docChanged) continue;
      const edits = editsOf(transaction);
      this.since?.push(...edits);
      const names = this.view.state.field(authorField).names;
      const isRebase = transaction.annotation(remote) === null && transaction.annotation(remoteParts) === undefined;
      if (isRebase || edits.some(({ author }) => !names.has(author) && this.named(author) === null)) this.lostCount();
    }
  }

  destroy(): void {
    this.gone = true;
    this.stopView();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private lostCount(): void {
    this.wanted = true;
    this.later(SOON_MS);
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const names = this.names();
      if (names !== null) this.view.dispatch({ effects: setNames.of(names) });
      if (this.wanted) void this.ask();
    }, ms);
  }

  private async ask(): Promise<void> {
    const { token, rev, unsaved, online, you } = this.client.view();
    if (this.since !== null || !online || you === null || unsaved > 0) return;
    const { length } = this.view.state.doc;
    this.wanted = false;
    this.since = [];
    // Nobody but us has written in a room that does not exist yet.
    const answer = rev === 0 ? { runs: [], authors: new Map<number, AuthorName>() } : await this.read(token, rev);
    const { since } = this;
    this.since = null;
    if (this.gone) return;
    const sum = answer?.runs.reduce((units, [run]) => units + run, 0);
    if (answer === null || sum !== length) {
      this.wanted = true;
      this.later(this.pause);
      this.pause = Math.min(LONGEST_MS, this.pause * 2);
      return;
    }
    this.pause = AGAIN_MS;
    this.fromServer = answer.authors;
    let runs = runsOf(answer.runs);
    for (const { changes, author, at } of since ?? []) runs = runsAfter(runs, changes, author, at);
    const names = this.names();
    this.view.dispatch({
      effects: names === null ? [setRuns.of(runs)] : [setRuns.of(runs), setNames.of(names)],
    });
    // Another rebase came while the answer was under way.
    if (this.wanted) this.later(SOON_MS);
  }

  /** All names that are known now, if they are others than the field has. */
  private names(): AuthorNames | null {
    const known = this.view.state.field(authorField).names;
    const next = new Map([...known, ...this.fromServer]);
    const { people, me, you } = this.client.view();
    for (const { author, name, color } of people) next.set(author, { name, color });
    if (you !== null) next.set(you, { name: me.name, color: me.color });
    const isSame =
      next.size === known.size &&
      [...next].every(([author, { name, color }]) => {
        const before = known.get(author);
        return before?.name === name && before.color === color;
      });
    return isSame ? null : next;
  }

  private named(author: number): AuthorName | null {
    const { people, me, you } = this.client.view();
    return author === you ? me : (people.find((one) => one.author === author) ?? null);
  }
}
