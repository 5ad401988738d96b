import { keptPassword, passwordHeader } from './kept-password.ts';
import { withBase } from '../ui/base-path.ts';

/** A fresh room exists a moment after it was asked for: how often and how long to wait for that, in ms. */
const TRIES = 8;
const WAIT_MS = 250;

/**
 * Sends a file's bytes as the room's text. True once the server has taken them: the text then arrives like everybody's
 * edits. False if it did not (offline, no such room yet): nothing was changed.
 */
export async function uploadFile(token: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const response = await send(token, bytes);
    if (response === null) return false;
    if (response.ok) return true;
    if (response.status !== 404) return false;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  return false;
}

async function send(token: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response | null> {
  try {
    return await fetch(withBase(`/api/rooms/${token}/text`), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream', ...passwordHeader(keptPassword(token)) },
      body: bytes,
    });
  } catch {
    // No answer. Had the server taken the bytes all the same, the text would come in twice, once by the local insert:
    // visible, and undone with one key.
    return null;
  }
}
