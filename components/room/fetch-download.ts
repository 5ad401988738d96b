/** The code of downloads, which most visits never use. Rejects if it cannot be fetched; the next call tries again. */
export function fetchDownload() {
  return import('./download.ts');
}
