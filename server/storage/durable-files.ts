import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes what is in a file durable. */
export function syncFile(file: string): void {
  sync(file, 'r+');
}

/** A folder that was made just now may vanish in a power loss until the ones above it are flushed. */
export function syncUpTo(top: string, folder: string): void {
  for (let path = dirname(folder); path.length >= top.length; path = dirname(path)) {
    syncFolder(path);
    if (path === top) return;
  }
}

/** Makes the names in a folder durable. Windows has no such call and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') sync(folder, 'r');
}

/** `flags`: Windows flushes only what is open for writing, and a folder can only be opened for reading. */
function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
