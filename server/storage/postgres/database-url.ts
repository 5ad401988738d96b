/** Is it the address of a Postgres database, such as `postgres://user:password@host:5432/name`? */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

/** What may be said of an address: user, host and database, never the password nor its parameters. */
export function describeDatabase(url: string): string {
  if (!isDatabaseUrl(url)) return 'the database';
  const { username, host, pathname, searchParams } = new URL(url);
  const user = username === '' ? '' : `${username}@`;
  return `postgres://${user}${host || (searchParams.get('host') ?? '')}${pathname}`;
}
