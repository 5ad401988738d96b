import { playHistory } from './history.ts';
import { Violation } from './violation.ts';
const from = Number(process.argv[2] ?? 1);
const count = Number(process.argv[3] ?? 20);
const began = performance.now();
const { Coverage } = await import('./coverage.ts');
const all = new Coverage();
let bad = 0;
for (let seed = from; seed < from + count; seed++) {
  try {
    const t = performance.now();
    const r = await playHistory(seed, { traced: count === 1 });
    all.add(r.coverage);
    const ms = performance.now() - t;
    if (ms > 300) console.log('slow', seed, ms.toFixed(0));
  } catch (error) {
    bad++;
    if (error instanceof Violation) {
      console.log(error.message);
      if (count === 1) console.log(error.trace.slice(-Number(process.argv[4] ?? 80)).join('\n'));
    } else console.log(seed, error);
    if (bad > 8) break;
  }
}
console.log(all.table());
console.log(((performance.now() - began) / count).toFixed(1), 'ms each,', bad, 'bad');
