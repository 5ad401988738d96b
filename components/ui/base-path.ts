/** Stands before every path of ours, such as `/notes`; empty at the root of the host. The build writes it in here. */
// oxlint-disable-next-line node/no-process-env -- the bundler puts the word itself here
const BASE_PATH = process.env.BASE_PATH ?? '';

/** The path by which the browser finds `path` of ours, such as `/api/rooms`. `/` is a fresh room. */
export function withBase(path: `/${string}`, base: string = BASE_PATH): string {
  return base + path;
}

/** What an address of ours says behind the base path; the path as it is if it is not ours. */
export function withoutBase(path: string, base: string = BASE_PATH): string {
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
