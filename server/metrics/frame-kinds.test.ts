import { expect, it } from 'vitest';
import type { ServerMessage } from '../../lib/protocol/index.ts';
import { frameOf } from '../room/frame.ts';
import { KINDS_OUT, kindOfFrame } from './frame-kinds.ts';

it('knows every kind of frame by its beginning', () => {
  for (const kind of KINDS_OUT) expect(kindOfFrame(frameOf({ t: kind } as ServerMessage))).toBe(kind);
});

it('knows a frame that says something', () => {
  expect(kindOfFrame(frameOf({ t: 'role', role: 'edit', locked: true }))).toBe('role');
  expect(kindOfFrame(frameOf({ t: 'room', title: '{"t":"ops"' }))).toBe('room');
});
