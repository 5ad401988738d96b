import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** Everything must be over after this long, in ms: supervisors kill at 10 s. */
const STOP_MS = 9_000;

/** The part of `process` that is needed. */
export interface Signalled {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: NodeJS.Signals) => void): void;
  exit(code: number): void;
}

/**
 * On the first SIGTERM or SIGINT runs `stop` and ends the process: with 0, or with 1 if that failed or took too long. A
 * second signal ends it at once with 1, for whoever asks twice will not wait. Everything acknowledged is on disk either way.
 */
export function stopOnSignals(process: Signalled, clock: Clock, log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const heard = (signal: NodeJS.Signals): void => {
    if (stopping) {
      log.warn({ signal }, 'asked twice; ending at once');
      process.exit(1);
      return;
    }
    stopping = true;
    log.info({ signal }, 'stopping');
    const cancel = clock.after(STOP_MS, () => {
      log.error({}, 'stopping took too long; what was acknowledged is on disk');
      process.exit(1);
    });
    stop().then(
      () => {
        cancel();
        process.exit(0);
      },
      (error: unknown) => {
        cancel();
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', heard);
  process.on('SIGINT', heard);
}
