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

/** What a histogram's name is followed by in its samples. */
const OF_HISTOGRAM = ['_bucket', '_sum', '_count'];

/** Every name that samples have or may have: a counter with labels has none before something was counted. */
export function namesIn(text: string): Set<string> {
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? OF_HISTOGRAM.map((end) => name + end) : [name],
  );
  return new Set(names);
}

/** The names of metrics in an expression of PromQL; labels, functions and keywords are none. */
export function namesOf(expression: string): string[] {
  const bare = expression
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '');
  const words = bare.match(/[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()/g) ?? [];
  return words.filter((word) => !['and', 'or', 'unless', 'bool', 'offset'].includes(word));
}
