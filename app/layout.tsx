import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { PARSE_TURNS_SCRIPT } from '../components/editor/parse-turns.ts';
import { pageStrings } from '../components/page-strings.ts';
import { InlineScript, InlineScripts } from '../components/ui/inline-script.tsx';
import { PreloadFonts } from '../components/ui/preload-fonts.tsx';
import { THEME_SCRIPT } from '../components/ui/theme.ts';
import { askedLanguage } from '../components/words/tell-languages.ts';
import { ARIA_SCRIPT, WordsScript } from '../components/words/words-script.tsx';
import { nonceOfRequest } from './nonce.ts';
import './fonts.css';
import './globals.css';

export function generateMetadata(): Metadata {
  return {
    title: { default: pageStrings.product, template: `%s – ${pageStrings.product}` },
    description: pageStrings.tagline,
    // A room's address is its key: no search engine may list it and no other site may learn it.
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  // The page shrinks above the keyboard of a phone, so that the line being written stays in sight.
  interactiveWidget: 'resizes-content',
  // The canvas of tokens.css, in the notation that browsers read here.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfdfc' },
    { media: '(prefers-color-scheme: dark)', color: '#111514' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = await nonceOfRequest();
  const { code, direction } = askedLanguage();
  return (
    // The inline script may set `data-theme` before React sees the element.
    <html lang={code} dir={direction} suppressHydrationWarning>
      <body>
        <PreloadFonts />
        <WordsScript language={code} nonce={nonce} />
        <InlineScripts nonce={nonce}>
          <InlineScript code={THEME_SCRIPT} />
          <InlineScript code={ARIA_SCRIPT} />
          <InlineScript code={PARSE_TURNS_SCRIPT} />
          {children}
        </InlineScripts>
      </body>
    </html>
  );
}
