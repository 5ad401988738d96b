import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from './config.ts';
import { DEFAULT_SERVER_LIMITS, limitsFor } from './limits.ts';

function messageOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
}

describe('readConfig', () => {
  it('has a safe default for everything', () => {
    const defaults = {
      port: 3000,
      host: '0.0.0.0',
      dataDir: './data',
      databaseUrl: null,
      logLevel: 'info',
      allowedOrigins: [],
      requireOrigin: false,
      trustProxy: false,
      trustedUser: null,
      roomCreation: 'anyone',
      basePath: '',
      frameAncestors: "'self'",
      metricsToken: null,
      adminToken: null,
      redisUrl: null,
      nodeName: expect.stringMatching(/^[A-Za-z0-9._-]{1,64}$/) as unknown,
      limits: DEFAULT_SERVER_LIMITS,
    };
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig(Object.fromEntries(VARIABLES.map(({ name }) => [name, ''])))).toEqual(defaults);
  });

  it('reads every variable', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '::',
      DATA_DIR: '/var/lib/tandem data',
      DATABASE_URL: 'postgres://tandem:secret@db:5432/notes',
      LOG_LEVEL: 'warn',
      ALLOWED_ORIGINS: 'https://Notes.example.org, http://10.0.0.2:8080,',
      REQUIRE_ORIGIN: '1',
      TRUST_PROXY: '1',
      TRUSTED_USER_HEADER: 'X-Forwarded-User',
      TRUSTED_NAME_HEADER: 'X-Forwarded-Preferred-Username',
      ROOM_CREATION: 'signed-in',
      BASE_PATH: '/team/notes',
      FRAME_ANCESTORS: " 'self'  https://Wiki.example.org ",
      METRICS_TOKEN: 'for-prometheus-only',
      ADMIN_TOKEN: 'for+keepers/only=!',
      REDIS_URL: 'rediss://tandem:p%40ss@redis.example.org:6380/2',
      NODE_NAME: 'node-1.eu_west',
      MAX_SOCKETS_PER_ADDRESS: '20',
      MAX_OPS_PER_SECOND: '500',
      PATH: '/usr/bin',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '::',
      dataDir: '/var/lib/tandem data',
      databaseUrl: 'postgres://tandem:secret@db:5432/notes',
      logLevel: 'warn',
      allowedOrigins: ['https://notes.example.org', 'http://10.0.0.2:8080'],
      requireOrigin: true,
      trustProxy: true,
      trustedUser: { user: 'x-forwarded-user', name: 'x-forwarded-preferred-username' },
      roomCreation: 'signed-in',
      basePath: '/team/notes',
      frameAncestors: "'self' https://wiki.example.org",
      metricsToken: 'for-prometheus-only',
      adminToken: 'for+keepers/only=!',
      redisUrl: 'rediss://tandem:p%40ss@redis.example.org:6380/2',
      nodeName: 'node-1.eu_west',
    });
    const advertised = { ...DEFAULT_SERVER_LIMITS.advertised, opsPerSecond: 500 };
    expect(config.limits).toEqual({ ...DEFAULT_SERVER_LIMITS, advertised, socketsPerAddress: 20 });
  });

  it('names the variable, its value and what is allowed, for all bad ones at once', () => {
    expect(messageOf({ PORT: '70000', REQUIRE_ORIGIN: 'yes', HOST: 'localhost' })).toBe(
      'PORT is "70000"; it must be a whole number from 0 to 65535.\nREQUIRE_ORIGIN is "yes"; it must be 0 or 1.',
    );
  });

  it.each(['mysql://tandem:secret@db/notes', 'postgres://tandem:secret@[', 'secret'])(
    'says that DATABASE_URL is wrong, and nothing of what it is',
    (url) => {
      const message = messageOf({ DATABASE_URL: url });
      expect(message).toContain('DATABASE_URL is "[hidden]"; it must be');
      expect(message).not.toContain('secret');
    },
  );

  it.each([
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '0x10'],
    ['PORT', ' 3000'],
    ['PORT', '1e3'],
    ['HOST', 'http://localhost'],
    ['HOST', 'a b'],
    ['DATA_DIR', '   '],
    ['DATA_DIR', 'a\0b'],
    ['LOG_LEVEL', 'INFO'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'example.org'],
    ['ALLOWED_ORIGINS', 'https://example.org/'],
    ['ALLOWED_ORIGINS', 'https://example.org,ftp://example.org'],
    ['ALLOWED_ORIGINS', 'null'],
    ['REQUIRE_ORIGIN', 'true'],
    ['TRUST_PROXY', '2'],
    ['TRUSTED_USER_HEADER', 'X-User:'],
    ['TRUSTED_USER_HEADER', 'X User'],
    ['TRUSTED_NAME_HEADER', 'Ü'],
    ['TRUSTED_NAME_HEADER', 'X-Name'],
    ['ROOM_CREATION', 'nobody'],
    ['ROOM_CREATION', 'signed-in'],
    ['METRICS_TOKEN', 'short'],
    ['ADMIN_TOKEN', 'with spaces in between'],
    ['BASE_PATH', '/'],
    ['BASE_PATH', 'notes'],
    ['BASE_PATH', '/notes/'],
    ['BASE_PATH', '/no//tes'],
    ['BASE_PATH', '/notes/../etc'],
    ['BASE_PATH', '/.'],
    ['BASE_PATH', '/a b'],
    ['BASE_PATH', '/a?b'],
    ['FRAME_ANCESTORS', 'none'],
    ['FRAME_ANCESTORS', '*'],
    ['FRAME_ANCESTORS', "'none' 'self'"],
    ['FRAME_ANCESTORS', "'self'; script-src *"],
    ['FRAME_ANCESTORS', 'https://wiki.example.org, https://b.example.org'],
    ['FRAME_ANCESTORS', 'https://wiki.example.org;script-src'],
    ['FRAME_ANCESTORS', ' '],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://localhost:6379'],
    ['REDIS_URL', 'unix:///run/redis.sock'],
    ['REDIS_URL', 'redis://localhost:6379/zero'],
    ['REDIS_URL', 'redis://localhost:6379/0?db=1'],
    ['REDIS_URL', 'redis://localhost:70000'],
    ['REDIS_URL', 'redis://:100%@localhost'],
    ['REDIS_URL', ' redis://localhost'],
    ['NODE_NAME', 'node 1'],
    ['NODE_NAME', 'nöde'],
    ['NODE_NAME', 'x'.repeat(65)],
    ['MAX_SOCKETS_PER_ADDRESS', '0'],
    ['MAX_SOCKETS_PER_ADDRESS', '99999999999999999999'],
    ['MAX_OPS_PER_SECOND', '0'],
    ['MAX_OPS_PER_SECOND', '10001'],
  ])('refuses %s=%j', (name, value) => {
    expect(messageOf({ [name]: value })).toMatch(new RegExp(`^${name} is ".*"; it must be .+\\.$`));
  });

  it('repeats no password, however the address is wrong', () => {
    for (const url of [
      'redis//:hunter2@host',
      'redis://:hunter2@host:x',
      'http://u:hunter2@host',
      'redis://hunter2%@h',
    ]) {
      expect(messageOf({ REDIS_URL: url })).toMatch(/^REDIS_URL is "\[hidden\]"; it must be /);
      expect(messageOf({ REDIS_URL: url })).not.toContain('hunter2');
    }
    const both = { REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgres://localhost/tandem' };
    expect(readConfig(both).redisUrl).toBe('redis://localhost');
    expect(messageOf({ REDIS_URL: 'redis://localhost' })).toMatch(/set DATABASE_URL too/);
  });

  it('invents another name for each node', () => {
    expect(readConfig({}).nodeName).not.toBe(readConfig({}).nodeName);
  });

  it('documents every variable in whole words', () => {
    for (const { name, about, unit, allowed } of VARIABLES) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(about).toMatch(/\.$/);
      expect(unit && allowed).not.toBe('');
    }
  });
});

describe('limits', () => {
  it('[P9] are all finite and positive', () => {
    const numbers = (value: unknown, name: string): [string, unknown][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => numbers(inner, `${name}.${key}`))
        : [[name, value]];
    for (const [name, value] of numbers(DEFAULT_SERVER_LIMITS, 'limits')) {
      // A rate may be less than one in a second.
      const isWhole = name.endsWith('.perSecond') || Number.isSafeInteger(value);
      expect(isWhole && Number.isFinite(value) && Number(value) > 0, name).toBe(true);
    }
  });

  it('[P9] let rates of an address grow with the sockets that it may have, and never shrink', () => {
    const { joins } = DEFAULT_SERVER_LIMITS.addressRates;
    expect(limitsFor(5_000).addressRates.joins).toEqual({ perSecond: 5 * joins.perSecond, burst: 5 * joins.burst });
    expect(limitsFor(20)).toEqual({ ...DEFAULT_SERVER_LIMITS, socketsPerAddress: 20 });
  });

  it('[P9] fit each other', () => {
    const limits = DEFAULT_SERVER_LIMITS;
    expect(limits.slowNoCursors).toBeLessThan(limits.slowStop);
    expect(limits.slowStop).toBeLessThan(limits.slowClose);
    expect(limits.slowStop).toBeGreaterThanOrEqual(limits.advertised.message);
    expect(limits.pongWithinMs).toBeGreaterThan(limits.pingEveryMs);
    expect(limits.textBody).toBeGreaterThanOrEqual(3 * limits.advertised.document);
    // One append's frame, at three bytes a unit, with a full message that did not fit any more.
    expect(limits.slowStop + 3 * limits.batchUnits + limits.advertised.message).toBeLessThanOrEqual(limits.slowClose);
    // Whoever resumes may send what was pending.
    expect(limits.lateEdit).toBeGreaterThan(limits.advertised.catchUp);
    expect(limits.addressRates.joins.burst).toBeGreaterThanOrEqual(limits.socketsPerAddress);
    expect(limits.addressRates.bytes.burst).toBeGreaterThanOrEqual(limits.advertised.bytesPerSecond);
    expect(limits.storageWaiting).toBeGreaterThanOrEqual(2 * limits.rooms);
  });
});
