import { useEffect, useRef, useState } from 'react';
import { readableFrame, type RoomView } from '../../lib/client/index.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { cutSockets, setSocketTap } from '../editor/socket-tap.ts';
import { BadLine, type Pretence } from './bad-network.ts';
import { FrameLog } from './frame-log.ts';
import { readFrame } from './read-frame.ts';

export interface Inspecting {
  log: FrameLog;
  pretend: (pretence: Pretence) => void;
}

/** Listens to this page's sockets for as long as the inspector is open; then the network is as it is. */
export function useInspection(tools: RoomTools): Inspecting {
  const client = useRef(tools.client);
  useEffect(() => {
    client.current = tools.client;
  });
  const [inspecting] = useState(() => begin(() => client.current?.view() ?? null));
  useEffect(() => inspecting.start(), [inspecting]);
  return inspecting;
}

function begin(view: () => RoomView | null) {
  const log = new FrameLog();
  const deps = {
    after: (ms: number, run: () => void) => void setTimeout(run, ms),
    now: () => performance.now(),
    random: Math.random,
    cut: cutSockets,
  };
  const lines = { out: new BadLine(deps), in: new BadLine(deps) };
  let offline = false;
  const encoder = new TextEncoder();
  const record = (given: string | Uint8Array, out: boolean) => {
    const now = view();
    const nameOf = (author: number) => now?.people.find((one) => one.author === author)?.name ?? `#${author}`;
    const frame = readFrame(readableFrame(given, out ? 'out' : 'in'), now?.you ?? null, nameOf);
    log.add(frame, {
      at: Date.now(),
      now: performance.now(),
      out,
      bytes: typeof given === 'string' ? encoder.encode(given).length : given.length,
    });
  };
  const pretend = (pretence: Pretence) => {
    for (const line of [lines.out, lines.in]) line.pretend(pretence);
    offline = pretence.kind === 'offline';
    if (offline) cutSockets();
  };
  return {
    log,
    pretend,
    start() {
      setSocketTap({
        mayConnect: () => !offline,
        out(frame, pass) {
          record(frame, true);
          lines.out.carry(pass);
        },
        in(frame, pass) {
          lines.in.carry(() => {
            record(frame, false);
            pass();
          });
        },
      });
      return () => {
        pretend({ kind: 'none' });
        setSocketTap(null);
      };
    },
  };
}
