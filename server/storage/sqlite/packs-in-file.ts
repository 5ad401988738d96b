import { expand } from '../packs/squeeze.ts';
import { unpack, type Unpacked } from '../packs/unpack.ts';
import type { Driver } from './driver.ts';

/** All packs of a file, opened. For tests, which look into every one. */
export function openPacks(driver: Driver): { room: string; opened: Unpacked }[] {
  const sql = 'select room, form, data from packs order by room, to_rev';
  return driver.all<{ room: string; form: string; data: ArrayBuffer }>(sql).map(({ room, form, data }) => {
    const bytes = new Uint8Array(data);
    return { room, opened: unpack(form === 'squeezed' ? expand(bytes) : bytes) };
  });
}
