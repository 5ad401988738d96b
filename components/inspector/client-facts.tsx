'use client';

import type { Inspection, Op } from '../../lib/client/index.ts';
import { digits } from '../strings.ts';
import { inspectorStrings as t } from './inspector-strings.ts';

/** What the client's state machine is at. */
export function ClientFacts({ now, roundTrip }: { now: Inspection; roundTrip: number | null }) {
  const facts: [string, string][] = [
    [t.facts.state, [t.notLive[now.connection], t.states[now.pending]].filter((words) => words !== '').join(', ')],
    [t.facts.rev, digits(now.rev)],
    [t.facts.outstanding, now.outstanding === null ? t.nothing : t.seq(now.outstanding.seq)],
    [t.facts.buffer, now.buffer === null ? t.nothing : t.units(unitsOf(now.buffer))],
    [t.facts.trip, roundTrip === null ? '–' : t.ms(Math.round(roundTrip))],
  ];
  return (
    <dl data-testid="client-facts" className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-end font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** UTF-16 units inserted plus deleted. */
function unitsOf(op: Op): number {
  return op.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : part < 0 ? -part : 0), 0);
}
