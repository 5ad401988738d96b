import { describe, expect, it } from 'vitest';
import { cpuMs, seededRandom } from '../testing/index.ts';
import { cleanLabel } from './label.ts';

const ZWJ = '\u200d';
const ZWNJ = '\u200c';
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

describe('cleanLabel', () => {
  it.each([
    ['Zoë Müller'],
    ['O’Brien-Smith 3rd, <b>&amp;"quoted"</b>'],
    ['日本語 葛\u{e0100}城'],
    ['สมชาย ที่นี่'],
    ['שָׁלוֹם עֲלֵיכֶם'],
    ['مُحَمَّد'],
    [`می${ZWNJ}خواهم`],
    ['हिन्दी'],
    [`क्${ZWJ}ष श्री`],
    [`മോഹന്${ZWJ}`],
    ['བོད་ཡིག'],
    ['Nguyễn Thị Ánh'],
    [`👩${ZWJ}👩${ZWJ}👧 👋🏽 ❤️ 1️⃣`],
    [`🏳️${ZWJ}🌈 🇩🇪 ${ENGLAND}`],
    ['C++'],
  ])('leaves %s alone', (name) => {
    expect(cleanLabel(name, 40)).toBe(name.normalize('NFC'));
  });

  it.each([
    ['bidi overrides', '\u202eresU\u202c', 'resU'],
    ['every bidi control', 'a\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069b', 'ab'],
    ['zero width and other things without ink', 'A\u200bd\u00adm\u2060\u2061\u2064i\ufeffn\u115f\u3164\ufff9', 'Admin'],
    ['joiners between letters that never join', `Ad${ZWJ}m${ZWNJ}in${ZWJ}`, 'Admin'],
    ['variation selectors behind letters', 'Ad\ufe0fmin\u{e0101}', 'Admin'],
    ['tags outside of flags', `Eve\u{e0041}\u{e0064} \u{1f3f4}\u{e0067}`, 'Eve \u{1f3f4}'],
    ['control characters', 'a\0b\u001b[31m\u0085c', 'a b [31m c'],
    ['line and paragraph separators', 'a\u2028b\u2029c\r\nd', 'a b c d'],
    ['runs of white space', '\u3000\u00a0 a \t \u2003\u2800 b ', 'a b'],
    ['halves of pairs', 'a\ud83db\ude00', 'ab'],
    ['other spellings', 'e\u0301', 'é'],
    ['piles of marks', `Z${'\u0300'.repeat(30)}algo`, `Z${'\u0300'.repeat(4)}algo`],
    [
      'piles of marks with joiners between',
      `क${`${'\u093f'.repeat(4)}${ZWJ}`.repeat(3)}`,
      `क${'\u093f'.repeat(4)}${ZWJ}`,
    ],
    ['marks on nothing', '\u0301\u0302a \u0303b', 'a b'],
    ['names without ink', '\u200b\u202e\u2060 \u3164', ''],
  ])('cleans %s', (_, given, cleaned) => {
    expect(cleanLabel(given, 40)).toBe(cleaned);
  });

  it('cuts between characters', () => {
    expect(cleanLabel('ab😀', 3)).toBe('ab');
    expect(cleanLabel('ab😀', 4)).toBe('ab😀');
    expect(cleanLabel('abx\u0301', 3)).toBe('ab');
    expect(cleanLabel(`a👩${ZWJ}👩${ZWJ}👧`, 7)).toBe('a');
    expect(cleanLabel('a b', 2)).toBe('a');
    expect(cleanLabel(`👩${ZWJ}👩${ZWJ}👧`, 4)).toBe('👩');
  });

  it('costs little whatever comes', () => {
    const began = cpuMs();
    for (const part of ['\u0301', '\u200b', `👩${ZWJ}`, 'a\u0301', ' ', '\u{e0020}'])
      cleanLabel(part.repeat(1_000_000), 200);
    expect(cpuMs() - began).toBeLessThan(1_000);
  });

  it('[property] is idempotent, short enough, in NFC, and holds nothing that it removes', () => {
    // Letters and marks of many scripts, emoji and their parts, and what has no ink.
    const letters =
      'a|Z| |\u00a0|é|e|\u0301|\u0308|\u0345|क|न|\u093c|\u094d|\u09c7|\u09be|\u1100|\u1161|\u11a8|م|\u064e|\u0651';
    const others =
      'ש|\u05bc|ก|\u0e34|葛|\u{e0100}|\u180b|\u1820|👩|👋|\u{1f3fd}|❤|\ufe0f|1|\u20e3|\u{1f1e9}|\u{1f3f4}|\u{e0067}';
    const inkless = `\u{e007f}|\u{1d15e}|${ZWJ}|${ZWJ}|${ZWNJ}|\u200b|\u202e|\u2066|\u034f|\ufeff|\0|\n|\u2028|\ud83d|\ude00|\u0344`;
    const parts = `${letters}|${others}|${inkless}`.split('|');
    const random = seededRandom(7);
    for (let round = 0; round < 20_000; round++) {
      let text = '';
      for (let left = random.int(24); left > 0; left--) text += random.pick(parts);
      const most = 1 + random.int(20);
      const once = cleanLabel(text, most);
      const shown = JSON.stringify({ text, most });
      expect(cleanLabel(once, most), shown).toBe(once);
      expect(once.length, shown).toBeLessThanOrEqual(most);
      expect(once, shown).toBe(once.normalize('NFC').trim());
      expect(once, shown).not.toMatch(/\u034f|[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\ufeff\u2028]|\s\s|\p{M}{5}/u);
    }
  });
});
