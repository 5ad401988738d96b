'use client';

import { BusiestRooms } from './busiest-rooms.tsx';
import { Figure } from './figure.tsx';
import { HealthLine } from './health-line.tsx';
import { LiveChart } from './live-chart.tsx';
import { NodesTable, StorageTable } from './node-tables.tsx';
import { durationInWords, numeral } from './numbers.ts';
import { PageBar } from './page-bar.tsx';
import { statusPageStrings } from './status-page-strings.ts';
import { useStatus } from './use-status.ts';

/** What this server and its nodes do, live: for everybody, without a word of any room. */
export function StatusPage() {
  const { view, keeper, say } = useStatus();
  const t = statusPageStrings;
  const { health, points } = view;
  const old = health.kind === 'stale';
  const times = points.map(({ at }) => at);
  const shown = (value: number | null) => (value === null ? null : numeral(value));
  return (
    <div className="min-h-dvh">
      <PageBar title={t.title}>
        <HealthLine health={health} />
        {view.upMs !== null && !old && (
          <span className="text-xs text-ink-2 max-tablet:hidden">{t.up(durationInWords(view.upMs))}</span>
        )}
      </PageBar>
      <main className="mx-auto grid w-full max-w-280 gap-8 px-6 py-5 max-tablet:px-4">
        <dl
          aria-label={t.figures}
          className="grid grid-cols-4 gap-x-4 gap-y-4 border-y border-line py-3.5 max-tablet:grid-cols-2"
        >
          <Figure testId="rooms" label={t.rooms} value={shown(view.rooms)} old={old} />
          <Figure testId="people" label={t.people} value={shown(view.people)} old={old} />
          <Figure testId="edits" label={t.edits} value={shown(view.edits)} unit={t.perSecond} old={old} />
          <Figure testId="ack" label={t.ack} value={shown(view.ackP95)} unit={t.ms} old={old} />
        </dl>
        <div className="grid grid-cols-2 gap-x-10 gap-y-8 max-desktop:grid-cols-1">
          <LiveChart
            heading={t.editsChart}
            unit=""
            times={times}
            lines={[{ name: t.edits, color: '--accent', filled: true, values: points.map(({ edits }) => edits) }]}
          />
          <LiveChart
            heading={t.ackChart}
            unit={t.ms}
            times={times}
            lines={[
              { name: 'p50', color: '--accent', filled: false, values: points.map(({ ack }) => ack?.p50 ?? null) },
              { name: 'p95', color: '--author-2', filled: false, values: points.map(({ ack }) => ack?.p95 ?? null) },
              { name: 'p99', color: '--author-4', filled: false, values: points.map(({ ack }) => ack?.p99 ?? null) },
            ]}
          />
          <NodesTable nodes={view.nodes} />
          <StorageTable nodes={view.nodes} />
          <BusiestRooms keeper={keeper} rooms={view.busy} say={say} />
        </div>
      </main>
    </div>
  );
}
