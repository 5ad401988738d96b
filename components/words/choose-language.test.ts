import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

function chosen(acceptLanguage: string, cookie = ''): string {
  return chooseLanguage({ cookie, acceptLanguage }).code;
}

describe('the language of a page', () => {
  it('is the one that was chosen in this browser, whatever it asks for', () => {
    expect(chosen('en-US,en', 'a=b; tandem-language=de; c=d')).toBe('de');
    expect(chosen('de', 'tandem-language=en')).toBe('en');
  });

  it('is what the browser asks for while nothing was chosen, or something that there is not', () => {
    expect(chosen('de', 'other=de')).toBe('de');
    expect(chosen('de', 'tandem-language=tlh')).toBe('de');
    expect(chosen('de', 'tandem-language=')).toBe('de');
  });

  it('is what the browser likes best of those that there are, the dialects of a language with it', () => {
    expect(chosen('de-AT')).toBe('de');
    expect(chosen('en;q=0.4, de;q=0.8')).toBe('de');
    expect(chosen('tlh, DE;q=0.9, en;q=0.8')).toBe('de');
    expect(chosen('en, de')).toBe('en');
    expect(chosen('de;q=0, en;q=0.1')).toBe('en');
  });

  it('is English for whoever asks for nothing, or nonsense', () => {
    expect(chosen('')).toBe('en');
    expect(chosen('*')).toBe('en');
    expect(chosen(';;,q=,de;q=x')).toBe('en');
  });
});
