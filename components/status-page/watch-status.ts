import { withBase } from '../ui/base-path.ts';
import { readFrame, type Frame } from './read-frame.ts';

/** After a failure it is tried again after the first of these, then the second …, in ms. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 10_000];
const PUBLIC = ['traffic', 'latency', 'nodes', 'storage'] as const;

export interface Watch {
  /** Says an admin token from now on, in this connection and later ones; null: none. */
  say: (token: string | null) => void;
  stop: () => void;
}

/** Keeps a socket to the server open, watches what everybody may, and with a right token the busiest rooms too. */
export function watchStatus(hear: (frame: Frame) => void, token: string | null): Watch {
  let said = token;
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let stopped = false;

  const tell = (message: object): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const take = (frame: Frame): void => {
    switch (frame.kind) {
      case 'welcome':
        failures = 0;
        if (said !== null && frame.admin) tell({ t: 'admin', token: said });
        for (const channel of PUBLIC) tell({ t: 'subscribe', channel });
        break;
      case 'admin':
        tell({ t: 'subscribe', channel: 'rooms' });
        break;
      case 'error':
        // A token that was refused would be refused again, and the address slowed.
        if (refusesToken(frame)) said = null;
        break;
      case 'sample':
        break;
    }
    hear(frame);
  };
  const open = (): void => {
    const own = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}${withBase('/status/ws')}`);
    socket = own;
    own.addEventListener('message', ({ data }) => {
      const frame = typeof data === 'string' ? readFrame(data) : null;
      if (frame && socket === own) take(frame);
    });
    own.addEventListener('close', () => {
      if (stopped || socket !== own) return;
      const pause = AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)] ?? 0;
      // Somewhat apart, so that everybody does not come back at once.
      timer = setTimeout(open, pause * (0.75 + Math.random() / 2));
    });
  };
  open();
  return {
    say(next) {
      said = next;
      if (next !== null) tell({ t: 'admin', token: next });
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      socket?.close();
    },
  };
}

/** Was the admin token the reason? A server that goes away is none. */
export function refusesToken({ code }: Frame & { kind: 'error' }): boolean {
  return code === 'admin-wrong' || code === 'too-fast';
}
