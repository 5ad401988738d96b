import type { Connection } from './connection.ts';
import type { Keeper } from './keeper.ts';
import type { Myself } from './myself.ts';
import type { Notices } from './notices.ts';
import type { Outbox } from './outbox.ts';
import type { Presence } from './presence.ts';
import { reachOf } from './reach.ts';
import type { Replica } from './replica.ts';
import type { RoomMeta } from './room-meta.ts';
import { sameView } from './room-view.ts';
import type { Standing } from './standing.ts';
import { deriveStatus, type StatusFacts } from './status.ts';
import type { Talk } from './talk.ts';
import type { Environment, RoomView } from './types.ts';
import { Words } from './words.ts';

/** What of a room is to be seen. */
export interface Parts {
  token: string;
  replica: Replica;
  meta: RoomMeta;
  standing: Standing;
  myself: Myself;
  presence: Presence;
  outbox: Outbox;
  connection: Connection;
  keeper: Keeper | null;
  notices: Notices;
  talk: Talk;
  /** What only the room knows, at this moment. */
  life(): Life;
}

export interface Life {
  /** The socket is open and was welcomed. */
  welcomed: boolean;
  everWelcomed: boolean;
  /** This page, or an earlier one of this browser, has been in the room. */
  wasThere: boolean;
  /** As in `StatusFacts`. */
  catchingUp: boolean;
  fresh: boolean;
  canEdit: boolean;
}

/** How a room looks: the view of its parts, replaced only when something in it changes, with the status in words. */
export class Appearance {
  readonly #parts: Parts;
  readonly #changed: () => void;
  readonly #words: Words;
  #view: RoomView;

  /** `changed` is called after every change of `view`. */
  constructor(parts: Parts, environment: Environment, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
    const after = (ms: number, run: () => void) => environment.after(ms, run);
    this.#words = new Words(deriveStatus(factsOf(parts)), after, () => this.refresh());
    this.#view = viewOf(parts, this.#words);
  }

  get view(): RoomView {
    return this.#view;
  }

  /** To be called after everything that may have changed what is seen. */
  refresh(): void {
    this.#words.feed(deriveStatus(factsOf(this.#parts)));
    const next = viewOf(this.#parts, this.#words);
    if (sameView(this.#view, next)) return;
    this.#view = next;
    this.#changed();
  }

  close(): void {
    this.#words.close();
  }
}

function factsOf({ connection, replica, outbox, standing, life }: Parts): StatusFacts {
  const { state } = connection;
  const { role, locked, storeOk, limits } = standing;
  const { wasThere, everWelcomed, catchingUp, fresh } = life();
  return {
    lost: state.kind === 'lost' ? { ...state, wasThere } : null,
    reach: reachOf(connection, everWelcomed),
    role,
    locked,
    unsaved: replica.unsaved,
    catchingUp,
    received: outbox.received,
    storeOk,
    full: outbox.full || replica.length >= limits.document,
    fresh,
  };
}

function viewOf(parts: Parts, words: Words): RoomView {
  const { token, replica, meta, standing, myself, presence, outbox, connection, keeper, notices, talk } = parts;
  const { welcomed, canEdit } = parts.life();
  const { rev, you } = replica.state;
  const { unsaved } = replica;
  return {
    token,
    title: meta.title,
    language: meta.language,
    role: standing.role,
    locked: standing.locked,
    canEdit,
    status: words.shown,
    dots: {
      device: unsaved === 0 || (keeper?.hasEdits ?? true),
      received: unsaved === 0 || outbox.received,
      disk: unsaved === 0,
    },
    journal: keeper?.health ?? 'none',
    rev,
    unsaved,
    you,
    me: myself.shown,
    signedIn: myself.isSignedIn,
    people: presence.people,
    typing: presence.typing,
    online: welcomed && !connection.silent,
    limits: standing.limits,
    notice: notices.shown,
    ...talk.counts,
  };
}
