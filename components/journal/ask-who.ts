/** The right to be one client. */
export interface Hold {
  release: () => void;
}

/** What pages say to each other about the client `client`. `from` tells pages apart. */
type Said = { ask: string; from: number } | { mine: string; to: number };

/** The part of a BroadcastChannel that is needed here. */
export interface Channel {
  postMessage(said: Said): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

export interface Question {
  /** Takes `client` unless another page says that it is its own. */
  claim(client: string): Promise<Hold | null>;
}

/** Longer than a busy page takes to answer, shorter than a person minds. A frozen page does not answer at all. */
const ANSWER_MS = 250;

/**
 * Who is which client, for pages without Web Locks: each asks the others, and takes what nobody answers for. A page that
 * wakes up asks for what it has; if it was taken over meanwhile, `lost` is called and it has to begin anew: the other
 * page has its edits, for a page writes them down before it is frozen.
 */
export function askWho(
  channel: Channel,
  after: (run: () => void, ms: number) => unknown,
  onAwake: (awake: () => void) => void,
  lost: () => void,
  random: () => number = Math.random,
): Question {
  const self = random();
  const own = new Set<string>();
  const asking = new Map<string, (taken: boolean) => void>();

  channel.onmessage = ({ data }) => {
    const said = data as Said;
    if ('ask' in said) {
      const isMine = own.has(said.ask);
      // Of two that ask at the same time the smaller number has it. Which hears the other depends on who came first.
      if (isMine || (asking.has(said.ask) && self < said.from)) channel.postMessage({ mine: said.ask, to: said.from });
      else asking.get(said.ask)?.(true);
    } else if (said.to === self) {
      asking.get(said.mine)?.(true);
    }
  };

  function isTaken(client: string): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (taken: boolean) => {
        asking.delete(client);
        resolve(taken);
      };
      asking.set(client, answer);
      channel.postMessage({ ask: client, from: self });
      after(() => answer(false), ANSWER_MS);
    });
  }

  onAwake(() => {
    for (const client of own) {
      void isTaken(client).then((taken) => {
        if (taken && own.has(client)) lost();
      });
    }
  });

  return {
    async claim(client) {
      if (own.has(client) || asking.has(client) || (await isTaken(client))) return null;
      own.add(client);
      return { release: () => own.delete(client) };
    },
  };
}
