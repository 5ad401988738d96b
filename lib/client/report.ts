import type { Environment } from './types.ts';

/** Where errors go that must not stop what is going on: to the environment, or out into the open, a moment later. */
export function reporter(environment: Pick<Environment, 'report' | 'after'>): (error: unknown) => void {
  return (error) => {
    if (environment.report) return environment.report(error);
    environment.after(0, () => {
      throw error;
    });
  };
}
