import { createClient } from 'redis';

/** What a link tells. Nothing comes after `end`, and `ended` no more than once. */
export interface RedisLinkEars {
  heard(channel: string, message: string): void;
  ended(reason: unknown): void;
}

/** Before all channels, so that one Redis may serve others too. Its users need `&tandem:*` and the commands named below. */
const PREFIX = 'tandem:';

/** Gives up on a TCP or TLS connection after this long, in ms; the bus has a deadline of its own for the whole. */
const CONNECT_MS = 2_500;

type Client = ReturnType<typeof connectionTo>;

/**
 * Two connections to Redis, one to publish and one to listen, for one life: if either of them breaks, both are over, and who
 * wants others makes another link. Uses AUTH, SELECT, PING, PUBLISH, SUBSCRIBE and UNSUBSCRIBE.
 */
export class RedisLink {
  readonly #ears: RedisLinkEars;
  readonly #publisher: Client;
  readonly #subscriber: Client;
  #over = false;

  /** Throws a `TypeError` for an address that is none. */
  constructor(url: string, ears: RedisLinkEars) {
    this.#ears = ears;
    this.#publisher = this.#client(url);
    this.#subscriber = this.#client(url);
  }

  /** Rejects if it cannot be, or may not do what we need. After `end` it may stay open for ever. */
  async connect(): Promise<void> {
    await Promise.all([this.#publisher.connect(), this.#subscriber.connect()]);
    // Permissions are noticed now rather than by the first room. Besides, a connection that listens to something keeps its mode.
    await this.#subscriber.subscribe(PREFIX, ignore);
    await this.#publisher.publish(PREFIX, '');
  }

  /** Resolves when Redis has passed it on. */
  async publish(channel: string, message: string): Promise<void> {
    await this.#publisher.publish(PREFIX + channel, message);
  }

  /** Resolves when all of them are heard. */
  async subscribe(channels: readonly string[]): Promise<void> {
    const named = channels.map((channel) => PREFIX + channel);
    if (named.length > 0) await this.#subscriber.subscribe(named, this.#hear);
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#subscriber.unsubscribe(PREFIX + channel, this.#hear);
  }

  /** Resolves when both connections have answered, and so all that was published before. */
  async ping(): Promise<void> {
    await Promise.all([this.#publisher.ping(), this.#subscriber.ping()]);
  }

  /** What waits for an answer is rejected. */
  end(): void {
    this.#over = true;
    for (const client of [this.#publisher, this.#subscriber]) client.destroy();
  }

  readonly #hear = (message: string, channel: string): void => {
    if (!this.#over) this.#ears.heard(channel.slice(PREFIX.length), message);
  };

  #client(url: string): Client {
    const client = connectionTo(url);
    client.on('error', (reason: unknown) => {
      if (this.#over) return;
      this.end();
      this.#ears.ended(reason);
    });
    // A client that is ended while its socket connects does not look again.
    client.on('connect', () => {
      if (this.#over) client.destroy();
    });
    return client;
  }
}

function connectionTo(url: string) {
  return createClient({
    url,
    // What every Redis and every thing like it speaks.
    RESP: 2,
    // Nothing waits for better days: a hint that comes late is worth nothing.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // A timer for every command; the bus has one for all.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS },
  });
}

function ignore(): void {}
