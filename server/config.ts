import { z } from 'zod';
import { inventNodeName, MAX_NODE_NAME } from './cluster/node-name.ts';
import { DEFAULT_SERVER_LIMITS, limitsFor, type ServerLimits } from './limits.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { isDatabaseUrl } from './storage/postgres/database-url.ts';
import type { TrustedUser } from './sign-in.ts';

export interface Config {
  /** TCP port; 0 takes a free one. */
  port: number;
  /** Address to listen on. */
  host: string;
  /** Folder of the embedded database; made if it is missing. */
  dataDir: string;
  /** Address of the Postgres database that is used in place of the embedded one; null: the embedded one. A secret. */
  databaseUrl: string | null;
  logLevel: LogLevel;
  /** Origins that browsers may come from besides the server's own host; empty: the own host alone. */
  allowedOrigins: readonly string[];
  /** Refuse WebSockets and writes without an `Origin` header, which are programs and not browsers. */
  requireOrigin: boolean;
  /** A proxy of ours stands before the server, so its `X-Forwarded-` headers say who calls and what they visited. */
  trustProxy: boolean;
  /** Which headers say who signed in at a proxy of ours; null: nobody signs in here. */
  trustedUser: TrustedUser | null;
  /** Who may make rooms. */
  roomCreation: 'anyone' | 'signed-in';
  /** Before every address, such as `/notes`; empty at the root of the host. The pages are built for one and the same. */
  basePath: string;
  /** The sources of the `frame-ancestors` directive: which pages may show ours in a frame. */
  frameAncestors: string;
  /** What a reader of `/metrics` has to bring; null: it is for this machine alone. */
  metricsToken: string | null;
  /** What a keeper of the server has to bring; null: there is nothing for keepers here. */
  adminToken: string | null;
  /** Redis, by which several nodes hear of each other; null: this node is alone. May hold a password: never in a message. */
  redisUrl: string | null;
  /** What other nodes, the log and the dashboard call this one. */
  nodeName: string;
  limits: ServerLimits;
}

/** One environment variable. `unit` and `about` are for the table in the documentation. */
interface Variable<T> {
  fallback: string;
  unit: string;
  about: string;
  /** What is said of a bad value: "PORT is "x"; it must be …". */
  allowed: string;
  /** It may hold a password: a bad value is not repeated. */
  secret?: boolean;
  schema: z.ZodType<T, string>;
}

const variables = {
  PORT: variable({
    fallback: '3000',
    unit: 'TCP port',
    about: 'Where the server listens. 0 takes any free port.',
    allowed: 'a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
  }),
  HOST: variable({
    fallback: '0.0.0.0',
    unit: 'address',
    about:
      'The network address to listen on: all of them by default, 127.0.0.1 for this machine alone, :: for IPv6 too.',
    allowed: 'an IP address or a host name',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  }),
  DATA_DIR: variable({
    fallback: './data',
    unit: 'folder',
    about: 'Where documents are kept. Made if it is missing; one server at a time may use it.',
    allowed: 'the path of a folder',
    schema: z.string().refine((path) => path.trim() !== '' && !path.includes('\0')),
  }),
  DATABASE_URL: variable({
    fallback: '',
    unit: 'address',
    about:
      'Keeps documents in this Postgres database instead of in DATA_DIR, so that several servers can share them. Empty: in DATA_DIR.',
    allowed: 'an address such as postgres://user:password@host:5432/name',
    schema: z.string().refine((url) => url === '' || isDatabaseUrl(url)),
    secret: true,
  }),
  LOG_LEVEL: variable({
    fallback: 'info',
    unit: 'level',
    about: 'How much is written to stdout, from trace (everything) to silent (nothing).',
    allowed: `one of ${LOG_LEVELS.join(', ')}`,
    schema: z.enum(LOG_LEVELS),
  }),
  ALLOWED_ORIGINS: variable({
    fallback: '',
    unit: 'list of origins',
    about: 'Web origins that may use this server besides its own host, separated by commas. Empty: its own host alone.',
    allowed: 'origins such as https://notes.example.org, without a path, separated by commas',
    schema: z.string().transform(originList),
  }),
  REQUIRE_ORIGIN: variable({
    fallback: '0',
    unit: '0 or 1',
    about: '1 refuses WebSockets and writes without an Origin header: browsers only.',
    allowed: '0 or 1',
    schema: z.enum(['0', '1']).transform((value) => value === '1'),
  }),
  TRUST_PROXY: variable({
    fallback: '0',
    unit: '0 or 1',
    about:
      '1 believes the last X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto: who calls, and what they visited. Only behind a proxy of yours that sets them: without one, callers could choose their address.',
    allowed: '0 or 1',
    schema: z.enum(['0', '1']).transform((value) => value === '1'),
  }),
  TRUSTED_USER_HEADER: variable({
    fallback: '',
    unit: 'name of a header',
    about:
      'The request header in which a proxy of yours says who signed in. The proxy must overwrite it in every request, or everybody could be anybody. Empty: nobody signs in.',
    allowed: 'the name of a header, such as X-Forwarded-User',
    schema: headerName(),
  }),
  TRUSTED_NAME_HEADER: variable({
    fallback: '',
    unit: 'name of a header',
    about:
      'The request header in which that proxy says what the person is called. Empty: the user itself is shown as the name.',
    allowed: 'the name of a header, such as X-Forwarded-Preferred-Username',
    schema: headerName(),
  }),
  ROOM_CREATION: variable({
    fallback: 'anyone',
    unit: 'anyone or signed-in',
    about: 'Who may make rooms. Links open rooms for everybody in either case.',
    allowed: 'anyone or signed-in',
    schema: z.enum(['anyone', 'signed-in']),
  }),
  BASE_PATH: variable({
    fallback: '',
    unit: 'path',
    about:
      'Before every address, such as /notes, where the host has other things too. The build contains it: another one builds again.',
    allowed:
      'a path such as /notes: it starts with / and does not end with it, and has only letters, digits and . _ ~ -',
    schema: z.string().regex(/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)*$/),
  }),
  FRAME_ANCESTORS: variable({
    fallback: "'self'",
    unit: "'none', 'self' or origins",
    about: 'Which pages may show this one in a frame: none, those of the same origin, or those of these origins.',
    allowed: "'none', 'self', or origins such as https://wiki.example.org separated by spaces",
    schema: z.string().transform(frameSources),
  }),
  METRICS_TOKEN: variable({
    fallback: '',
    unit: 'secret',
    about:
      'What Prometheus has to say to read /metrics: Authorization: Bearer and this. Empty: programs on this machine may read it, and nobody through a proxy.',
    allowed: '16 to 200 letters, digits and signs without spaces',
    secret: true,
    schema: secretWord(),
  }),
  ADMIN_TOKEN: variable({
    fallback: '',
    unit: 'secret',
    about:
      'Opens /admin, where rooms are listed, closed and deleted, and the busiest rooms on /status. Whoever has it sees the title of every room. Empty: there is no /admin.',
    allowed: '16 to 200 letters, digits and signs without spaces',
    secret: true,
    schema: secretWord(),
  }),
  REDIS_URL: variable({
    fallback: '',
    unit: 'URL',
    about:
      'The Redis by which several servers hear of each other at once, such as redis://user:password@host:6379/0, or rediss: with TLS. Empty: this server is alone. While Redis is down, edits come some seconds later and nothing is lost.',
    allowed:
      'empty, or redis://host:port with user, password and database if they are needed, or the same with rediss:',
    secret: true,
    schema: z
      .string()
      .refine((url) => url === '' || isRedisUrl(url))
      .transform((url) => (url === '' ? null : url)),
  }),
  NODE_NAME: variable({
    fallback: '',
    unit: 'name',
    about: 'What this server is called among several. Empty: the name of its machine and some random letters.',
    allowed: `up to ${MAX_NODE_NAME} letters, digits and . _ -`,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9._-]*$/)
      .max(MAX_NODE_NAME)
      .transform((name) => name || inventNodeName()),
  }),
  MAX_SOCKETS_PER_ADDRESS: variable({
    fallback: String(DEFAULT_SERVER_LIMITS.socketsPerAddress),
    unit: 'sockets',
    about:
      'WebSockets that one network address may have open; above 1000 its rates grow with it. For an office behind one address, or a proxy that hides addresses.',
    allowed: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
  }),
  MAX_OPS_PER_SECOND: variable({
    fallback: String(DEFAULT_SERVER_LIMITS.advertised.opsPerSecond),
    unit: 'edits per second',
    about: 'Edits that one client may send in a second. People need ten; programs that replay something may need more.',
    allowed: 'a whole number from 1 to 10000',
    schema: wholeNumber(1, 10_000),
  }),
};

/** Rows of the documented table: every variable there is, with its default. */
export const VARIABLES: readonly { name: string; fallback: string; unit: string; about: string; allowed: string }[] =
  Object.entries(variables).map(([name, { fallback, unit, about, allowed }]) => ({
    name,
    fallback,
    unit,
    about,
    allowed,
  }));

/**
 * The configuration that `env` (usually `process.env`) asks for. An empty variable counts as not set.
 * Throws one `Error` that names every bad variable, its value and what is allowed.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = [];

  function read<T>(name: string, { fallback, allowed, secret, schema }: Variable<T>): T | undefined {
    const value = env[name] || fallback;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const shown = secret ? '"[hidden]"' : JSON.stringify(value);
    faults.push(`${name} is ${shown}; it must be ${allowed}.`);
    return undefined;
  }

  const port = read('PORT', variables.PORT);
  const host = read('HOST', variables.HOST);
  const dataDir = read('DATA_DIR', variables.DATA_DIR);
  const databaseUrl = read('DATABASE_URL', variables.DATABASE_URL);
  const logLevel = read('LOG_LEVEL', variables.LOG_LEVEL);
  const allowedOrigins = read('ALLOWED_ORIGINS', variables.ALLOWED_ORIGINS);
  const requireOrigin = read('REQUIRE_ORIGIN', variables.REQUIRE_ORIGIN);
  const trustProxy = read('TRUST_PROXY', variables.TRUST_PROXY);
  const userHeader = read('TRUSTED_USER_HEADER', variables.TRUSTED_USER_HEADER);
  const nameHeader = read('TRUSTED_NAME_HEADER', variables.TRUSTED_NAME_HEADER);
  const roomCreation = read('ROOM_CREATION', variables.ROOM_CREATION);
  const basePath = read('BASE_PATH', variables.BASE_PATH);
  const frameAncestors = read('FRAME_ANCESTORS', variables.FRAME_ANCESTORS);
  const metricsToken = read('METRICS_TOKEN', variables.METRICS_TOKEN);
  const adminToken = read('ADMIN_TOKEN', variables.ADMIN_TOKEN);
  const redisUrl = read('REDIS_URL', variables.REDIS_URL);
  const nodeName = read('NODE_NAME', variables.NODE_NAME);
  const socketsPerAddress = read('MAX_SOCKETS_PER_ADDRESS', variables.MAX_SOCKETS_PER_ADDRESS);
  const opsPerSecond = read('MAX_OPS_PER_SECOND', variables.MAX_OPS_PER_SECOND);
  if (redisUrl && databaseUrl === '') {
    faults.push('REDIS_URL is for nodes that share a database: set DATABASE_URL too, or neither.');
  }
  if (userHeader === '' && roomCreation === 'signed-in') {
    faults.push('ROOM_CREATION is "signed-in"; it must be anyone unless TRUSTED_USER_HEADER names a header.');
  }
  if (userHeader === '' && nameHeader !== undefined && nameHeader !== '') {
    faults.push(`TRUSTED_NAME_HEADER is "${nameHeader}"; it must be empty unless TRUSTED_USER_HEADER names a header.`);
  }

  if (
    faults.length > 0 ||
    port === undefined ||
    host === undefined ||
    dataDir === undefined ||
    databaseUrl === undefined ||
    logLevel === undefined ||
    allowedOrigins === undefined ||
    requireOrigin === undefined ||
    trustProxy === undefined ||
    userHeader === undefined ||
    nameHeader === undefined ||
    roomCreation === undefined ||
    basePath === undefined ||
    frameAncestors === undefined ||
    metricsToken === undefined ||
    adminToken === undefined ||
    redisUrl === undefined ||
    nodeName === undefined ||
    socketsPerAddress === undefined ||
    opsPerSecond === undefined
  ) {
    throw new Error(faults.join('\n'));
  }
  const limits = limitsFor(socketsPerAddress, opsPerSecond);
  return {
    port,
    host,
    dataDir,
    databaseUrl: databaseUrl === '' ? null : databaseUrl,
    logLevel,
    allowedOrigins,
    requireOrigin,
    trustProxy,
    trustedUser: userHeader === '' ? null : { user: userHeader, name: nameHeader === '' ? null : nameHeader },
    roomCreation,
    basePath,
    frameAncestors,
    metricsToken: metricsToken || null,
    adminToken: adminToken || null,
    redisUrl,
    nodeName,
    limits,
  };
}

/** Fixes the type of one variable, so that the table above keeps each one's own. */
function variable<T>(row: Variable<T>): Variable<T> {
  return row;
}

function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
}

/** Long enough that nobody guesses it; empty stays empty. */
function secretWord(): z.ZodType<string, string> {
  return z.string().regex(/^([\x21-\x7e]{16,200})?$/);
}

function originList(list: string, context: z.RefinementCtx): string[] {
  const origins = list.split(',').map((part) => part.trim());
  const named = origins.filter((origin) => origin !== '');
  for (const origin of named) {
    if (!isWebOrigin(origin)) context.addIssue({ code: 'custom', message: `${origin} is no origin` });
  }
  return named.map((origin) => origin.toLowerCase());
}

/** In lower case, as Node names the headers of a request; empty stays empty. */
function headerName(): z.ZodType<string, string> {
  return z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]*$/)
    .transform((name) => name.toLowerCase());
}

function frameSources(list: string, context: z.RefinementCtx): string {
  const sources = list.split(/\s+/).filter((source) => source !== '');
  for (const source of sources) {
    const known = source === "'self'" || (source === "'none'" && sources.length === 1) || isWebOrigin(source);
    if (!known) context.addIssue({ code: 'custom', message: `${source} is no origin` });
  }
  if (sources.length === 0) context.addIssue({ code: 'custom', message: 'it names nobody' });
  return sources.join(' ').toLowerCase();
}

function isRedisUrl(text: string): boolean {
  // Blanks at the ends would be forgiven, and then be in what is shown of it.
  if (!/^rediss?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, username, password, search, hash } = new URL(text);
  const isPlain = /^\/?\d{0,4}$/.test(pathname) && search === '' && hash === '';
  return hostname !== '' && isPlain && isEncoded(username) && isEncoded(password);
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // A lone % in a password.
    return false;
  }
}

/** Scheme, host and port alone: what a browser writes into its `Origin` header. */
function isWebOrigin(text: string): boolean {
  // Hosts that URLs allow may have what separates lists and headers.
  if (!/^https?:\/\/[\w.:[\]-]+$/i.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text.toLowerCase();
}
