import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { forVisitor } from '../../server/http/visitor.ts';
import { chatStrings } from '../chat/chat-strings.ts';
import { layerStrings } from '../layer-strings.ts';
import { digits, size, strings } from '../strings.ts';
import { timeWords } from './dates.ts';
import { askedLanguage } from './tell-languages.ts';
import { wordsOf, type Catalogue } from './words-of.ts';

function asked<Answer>(acceptLanguage: string, draw: () => Answer): Answer {
  return forVisitor({ headers: { 'accept-language': acceptLanguage } } as IncomingMessage, draw);
}

describe('words', () => {
  it('are English where nobody asks, with the forms of its numbers', () => {
    expect(strings.status.saved).toBe('Saved');
    expect(chatStrings.unread(1)).toBe('1 unread message');
    expect(chatStrings.unread(999)).toBe('999 unread messages');
    expect(chatStrings.unread(12_843)).toBe('12,843 unread messages');
    expect(layerStrings.share.cameIn(0)).toBe('Nobody came in by it yet.');
    expect(strings.footer.position(1_000, 2)).toBe('Ln 1,000, Col 2');
    expect([size(1), size(488_281), size(2_000_000)]).toEqual(['1 character', '488 KB', '1.9 MB']);
  });

  it('are those of whoever is being answered, with the separators and dates of the language', () => {
    asked('de-CH', () => {
      expect(askedLanguage()).toMatchObject({ code: 'de', direction: 'ltr' });
      expect(strings.status.saved).toBe('Gespeichert');
      expect(chatStrings.unread(12_843)).toBe('12.843 ungelesene Nachrichten');
      expect(digits(1_234.5)).toBe('1.234,5');
      expect(timeWords(new Date(2026, 0, 1, 7, 5).getTime())).toBe('07:05');
    });
    expect(strings.status.saved).toBe('Saved');
  });

  it('do not mix while pages of several languages are drawn at once', async () => {
    const group = strings.status;
    const draw = async () => {
      const first = group.saved;
      await Promise.resolve();
      return [first, strings.status.saved, chatStrings.fresh(1)];
    };
    const drawn = await Promise.all(['de', 'en', 'de', 'tlh'].map((language) => asked(language, draw)));
    const [german, english] = [
      ['Gespeichert', 'Gespeichert', '1 neue'],
      ['Saved', 'Saved', '1 new'],
    ];
    expect(drawn).toEqual([german, english, german, english]);
  });

  it('can be listed, as the objects that they stand for', () => {
    expect(Object.keys(layerStrings.links.role)).toEqual(['owner', 'edit', 'view']);
  });

  it('are English by the rules of English where a language lacks a namespace', () => {
    const english: Catalogue = { plain: 'Plain' };
    const words = wordsOf<{ plain: string }>('not-there', english);
    expect(asked('de', () => words.plain)).toBe('Plain');
  });
});
