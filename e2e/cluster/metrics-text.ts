/** One sample as `/metrics` writes it. */
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{([^}]*)\})? (\S+)/;

/** The sum of all samples of this name, whatever their labels. Throws if there is none. */
export function valueOf(text: string, name: string): number {
  const values = text.split('\n').flatMap((line) => {
    const [, found, , value] = SAMPLE.exec(line) ?? [];
    return found === name ? [Number(value)] : [];
  });
  if (values.length === 0) throw new Error(`There is no metric ${name}.`);
  return values.reduce((sum, value) => sum + value, 0);
}

/** Every name that has a sample, such as `tandem_commit_seconds_bucket`. */
export function namesIn(text: string): Set<string> {
  return new Set(text.split('\n').flatMap((line) => SAMPLE.exec(line)?.[1] ?? []));
}
