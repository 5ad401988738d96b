import type { RoomClient } from '../../lib/client/index.ts';
import { knownLanguages } from '../editor/language-catalogue.ts';
import { DEFAULT_LANGUAGE, PLAIN_TEXT, hasEnding } from '../editor/language-guess.ts';
import { strings } from '../strings.ts';
import { withBase } from '../ui/base-path.ts';
import { keptPassword, passwordHeader } from './kept-password.ts';

/**
 * Gives the person the room as a file. When everything is on disk it comes from the server, with the line ends and
 * byte-order mark of the file that was brought in; else it is what this page shows.
 */
export async function downloadRoom(client: RoomClient): Promise<void> {
  const { title, language, token } = client.view();
  const [bytes, ending] = await Promise.all([storedFile(client, token), endingOf(language)]);
  saveFile(bytes ?? new Blob([client.text()], { type: 'text/plain;charset=utf-8' }), fileName(title, ending));
}

/** Gives the person any text as a file. */
export function downloadText(text: string, title: string): void {
  saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), fileName(title, 'md'));
}

async function storedFile(client: RoomClient, token: string): Promise<Blob | null> {
  const { unsaved, online, status, rev } = client.view();
  if (unsaved > 0 || !online || (status.kind !== 'saved' && status.kind !== 'view')) return null;
  try {
    const response = await fetch(withBase(`/api/rooms/${token}/file`), {
      cache: 'no-store',
      headers: passwordHeader(keptPassword(token)),
    });
    if (!response.ok) return null;
    const bytes = await response.blob();
    // Typed while it came: what the page shows is newer.
    return client.view().unsaved === 0 && client.view().rev === rev ? bytes : null;
  } catch {
    return null;
  }
}

async function endingOf(language: string): Promise<string> {
  if (language === DEFAULT_LANGUAGE) return 'md';
  if (language === PLAIN_TEXT) return 'txt';
  try {
    const found = (await knownLanguages()).find((one) => one.name === language);
    return found?.extensions[0] ?? 'txt';
  } catch {
    return 'txt';
  }
}

/** A name that every file system takes: the title, with an ending unless it has one. */
export function fileName(title: string, ending: string): string {
  const clean = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120);
  const base = clean === '' ? strings.title.untitled : clean;
  return hasEnding(base) ? base : `${base}.${ending}`;
}

/** Has the browser keep `bytes` as a file of this name. */
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // After this turn the browser has what it needs.
  setTimeout(() => URL.revokeObjectURL(address));
}
