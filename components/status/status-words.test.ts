import { describe, expect, it } from 'vitest';
import type { Dots, RoomView, Status } from '../../lib/client/index.ts';
import { statusSentence } from './status-sentence.ts';
import { statusSteps } from './status-steps.ts';
import { isTrouble, statusWords } from './status-words.ts';

const limits = { message: 1, document: 2_097_152, opsPerSecond: 1, bytesPerSecond: 1, catchUp: 1 };

const NONE: Dots = { device: false, received: false, disk: false };

function words(status: Status, over: Partial<Pick<RoomView, 'unsaved' | 'rev' | 'journal' | 'dots'>> = {}) {
  const facts = { status, unsaved: 0, rev: 12_843, journal: 'none' as const, dots: NONE, limits, ...over };
  const said = { ...statusWords(facts), sentence: statusSentence(facts) };
  return { ...said, all: said.detail === null ? said.word : `${said.word} ${said.detail}` };
}

describe('[P8] the pill says exactly what is known', () => {
  it.each<[Status, number, string, string]>([
    [{ kind: 'ready' }, 0, 'Ready', 'quiet'],
    [{ kind: 'saved' }, 0, 'Saved', 'quiet'],
    [{ kind: 'device' }, 4, 'On this device', 'quiet'],
    [{ kind: 'received' }, 4, 'Received', 'quiet'],
    [{ kind: 'offline' }, 214, 'Offline 214 characters kept here', 'trouble'],
    [{ kind: 'offline' }, 1, 'Offline 1 character kept here', 'trouble'],
    [{ kind: 'offline' }, 0, 'Offline', 'trouble'],
    [{ kind: 'reconnecting' }, 38, 'Reconnecting 38 kept here', 'trouble'],
    [{ kind: 'catchingUp' }, 1234, 'Catching up 1,234 to send', 'trouble'],
    [{ kind: 'cannotWrite' }, 12, 'Server cannot write 12 kept here', 'trouble'],
    [{ kind: 'view' }, 0, 'View only', 'reading'],
    [{ kind: 'locked' }, 3, 'Locked', 'reading'],
    [{ kind: 'full' }, 0, 'Too long 2 MB is the limit', 'trouble'],
    [{ kind: 'lost', code: 4403, reason: 'revoked' }, 38, 'Link revoked text kept here', 'lost'],
    [{ kind: 'lost', code: 4403, reason: 'expired' }, 0, 'Link ended text kept here', 'lost'],
    [{ kind: 'lost', code: 4403, reason: 'removed' }, 0, 'Removed text kept here', 'lost'],
    [{ kind: 'lost', code: 4401, reason: 'password' }, 0, 'Password wanted text kept here', 'lost'],
    [{ kind: 'lost', code: 4404, reason: 'deleted' }, 0, 'Room deleted text kept here', 'lost'],
    [{ kind: 'lost', code: 4406, reason: 'updated' }, 0, 'Tandem was updated text kept here', 'lost'],
  ])('%j with %i unsaved: %s', (status, unsaved, wanted, tone) => {
    const said = words(status, { unsaved });
    expect(said.all).toBe(wanted);
    expect(said.tone).toBe(tone);
  });

  it('the dots follow what is known at once, whatever the word still says', () => {
    const device: Dots = { device: true, received: false, disk: false };
    expect(words({ kind: 'saved' }, { dots: device }).glyph).toEqual({ kind: 'dots', ...device, gap: false });
    const disk: Dots = { device: true, received: true, disk: true };
    for (const kind of ['offline', 'reconnecting', 'catchingUp', 'cannotWrite'] as const) {
      const { glyph } = words({ kind }, { dots: disk, unsaved: 1 });
      expect(glyph.kind === 'dots' && glyph.disk, kind).toBe(false);
    }
  });
});

it('a locked room says what waits here, and nothing if nothing does', () => {
  const said = 'The owner locked this room. You can read and copy.';
  expect(words({ kind: 'locked' }).sentence).toBe(said);
  expect(words({ kind: 'locked' }, { unsaved: 1 }).sentence).toBe(`${said} 1 character of yours is kept here.`);
  expect(words({ kind: 'locked' }, { unsaved: 12 }).sentence).toBe(`${said} 12 characters of yours are kept here.`);
  expect(words({ kind: 'locked' }).glyph.kind).toBe('lock');
});

it('[P5] promises that a closed tab loses nothing only when there is a journal', () => {
  expect(words({ kind: 'offline' }, { unsaved: 3, journal: 'none' }).sentence).toContain('keep this tab open');
  expect(words({ kind: 'offline' }, { unsaved: 3, journal: 'ok' }).sentence).toContain('even if you close the tab');
  expect(words({ kind: 'offline' }, { unsaved: 3, journal: 'failed' }).sentence).toBe(
    'This browser does not let Tandem keep a copy. Until "Saved" shows, closing the tab loses 3 characters.',
  );
});

it('[P8] the step "on this device" is done only when the journal has all of it', () => {
  const steps = (journal: RoomView['journal'], device: boolean) =>
    statusSteps({ status: { kind: 'offline' }, unsaved: 3, rev: 7, journal, dots: { ...NONE, device } }).device;
  expect(steps('ok', true)).toBe('3 characters');
  expect(steps('ok', false)).toBe('waiting');
  expect(steps('failed', false)).toBe('nothing yet');
});

it('[P8] trouble is what is announced', () => {
  expect(isTrouble({ kind: 'offline' })).toBe(true);
  expect(isTrouble({ kind: 'received' })).toBe(false);
});
