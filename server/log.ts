import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Structured lines: `log.info({ room, rev }, 'a few words')`. Rule: no document text, no token, no password and no
 * client id in a line, neither in a field nor in the words; a room is named by its internal id. Errors go in as `err`.
 */
export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Fields that must never come out. The rule above is the protection; this is the net under it, three levels deep. */
const SECRET_FIELDS = [
  'token',
  'tokens',
  'links',
  'password',
  'client',
  'text',
  'title',
  'op',
  'ops',
  'create',
  'authorization',
  'cookie',
];
const SECRET_PATHS = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** A link's path is its key, wherever a URL was put into a line. Room pages, REST, Yjs. */
const TOKEN_IN_PATH = /(\/(?:r|api\/rooms|yjs)\/)[A-Za-z0-9-]+/g;

/** Lines of JSON on stdout, or into `destination`; each names the `node` that wrote it. Times are ISO 8601. */
export function createLog(level: LogLevel, destination?: DestinationStream, node?: string): Log {
  const options = {
    level,
    base: node === undefined ? null : { node },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (name: string) => ({ level: name }) },
    serializers: { err: errorFields, error: errorFields },
    redact: { paths: SECRET_PATHS, censor: '[hidden]' },
    hooks: { streamWrite: withoutTokens },
  };
  return destination ? pino(options, destination) : pino(options);
}

function withoutTokens(line: string): string {
  return line.replace(TOKEN_IN_PATH, '$1[hidden]');
}

/** Type, message and stack. Other properties of an error may carry anything, such as the input that was refused. */
function errorFields(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { type, message, stack } = stdSerializers.err(value);
  return { type, message, stack };
}
