/** What this process has taken of the processor, in ms, for a look at how much it does: others that keep the machine busy do not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
