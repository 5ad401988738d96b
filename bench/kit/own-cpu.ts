/** What a piece of work took, in ms. */
export interface Took {
  wall: number;
  /** Of all threads of this process: the collector's and the compiler's too. */
  cpu: number;
}

/** Runs `work` and measures it. What it gives comes along, so that nobody can leave it out. */
export function measured<T>(work: () => T): Took & { result: T } {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = work();
  return { ...since(began, before), result };
}

/** The same of work that takes more than one turn of the event loop. */
export async function measuredLater<T>(work: () => Promise<T>): Promise<Took & { result: T }> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  return { ...since(began, before), result };
}

function since(began: number, before: NodeJS.CpuUsage): Took {
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, cpu: (user + system) / 1_000 };
}
