import { Counter, Gauge, type Histogram, type Registry } from 'prom-client';
import { total, type Buckets } from './buckets.ts';

/** A number, or one for each value of the label. Read when somebody asks, so that keeping it costs nothing. */
type Read = () => number | Iterable<readonly [value: string, number: number]>;

/** What has been counted since the start. `label`: what its numbers are told apart by. */
export function exposeCounter(registry: Registry, name: string, help: string, read: Read, label?: string): void {
  new Counter({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    collect() {
      this.reset();
      each(read(), label, (labels, value) => this.inc(labels, value));
    },
  });
}

/** What is so right now. */
export function exposeGauge(registry: Registry, name: string, help: string, read: Read, label?: string): void {
  new Gauge({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    collect() {
      this.reset();
      each(read(), label, (labels, value) => this.set(labels, value));
    },
  });
}

interface Sample {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

/**
 * Buckets of ours as a histogram. `scale`: what one of theirs is in the unit of the name, such as 0.001 for ms in seconds.
 * `read` gives one of them, or one for each value of the label.
 */
export function exposeBuckets(
  registry: Registry,
  name: string,
  help: string,
  scale: number,
  read: () => Iterable<readonly [value: string | null, buckets: Buckets]>,
  label = '',
): void {
  const metric = {
    name,
    get: () =>
      Promise.resolve({
        name,
        help,
        type: 'histogram',
        aggregator: 'sum',
        values: [...read()].flatMap(([value, buckets]) =>
          samples(name, value === null ? {} : { [label]: value }, buckets, scale),
        ),
      }),
  };
  // A registry asks no more of a metric than this; the library's own histogram keeps its numbers to itself.
  registry.registerMetric(metric as unknown as Histogram);
}

function samples(name: string, labels: Sample['labels'], buckets: Buckets, scale: number): Sample[] {
  let below = 0;
  const bounded = buckets.bounds.map((bound, at) => {
    below += buckets.counts[at] ?? 0;
    // Decimal fractions multiplied leave digits that nobody meant.
    const le = Number((bound * scale).toPrecision(6));
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below };
  });
  const all = total(buckets.counts);
  return [
    ...bounded,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: all },
    { metricName: `${name}_sum`, labels, value: buckets.sum * scale },
    { metricName: `${name}_count`, labels, value: all },
  ];
}

function each(
  read: ReturnType<Read>,
  label: string | undefined,
  tell: (labels: Record<string, string>, value: number) => void,
): void {
  if (typeof read === 'number') return tell({}, read);
  for (const [value, number] of read) tell(label === undefined ? {} : { [label]: value }, number);
}
