'use client';

/** The face of interface and text. The same file that fonts.css names, so it gets the same address. */
const UPRIGHT = new URL(
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  import.meta.url,
);

/** Fetches the upright face beside the style sheets instead of after them; italic and mono wait until a text has any. */
export function PreloadFonts() {
  return <link rel="preload" as="font" type="font/woff2" crossOrigin="anonymous" href={UPRIGHT.pathname} />;
}
