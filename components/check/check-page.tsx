'use client';

import { Check, CircleAlert, X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { copyText } from '../share/copy.ts';
import { PageBar } from '../status-page/page-bar.tsx';
import { Button } from '../ui/button.tsx';
import { withBase } from '../ui/base-path.ts';
import { checkStrings as t } from './check-strings.ts';
import { judge, verdictOf, type Finding } from './judge.ts';
import { measureKeeping, measurePages, measureSockets } from './measure.ts';
import { reportOf } from './report.ts';

interface Looked {
  findings: readonly Finding[];
  report: string;
}

async function look(): Promise<Looked> {
  const [pages, sockets, keeping] = await Promise.all([measurePages(), measureSockets(), measureKeeping()]);
  const here = `${window.location.origin}${withBase('/')}`.replace(/\/$/, '');
  const measurements = { pages, sockets, keeping, online: navigator.onLine, here };
  const findings = judge(measurements);
  const { userAgent } = navigator;
  return { findings, report: reportOf(findings, measurements, { userAgent, at: new Date() }) };
}

/** What stands between this browser and the server, in words that whoever can mend it understands. */
export function CheckPage() {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [copied, setCopied] = useState('');
  const run = useCallback(() => {
    setLooked(null);
    setCopied('');
    look().then(setLooked, reportError);
  }, []);
  useEffect(run, [run]);
  const verdict = looked === null ? null : verdictOf(looked.findings);
  const copy = (report: string) => void copyText(report).then((done) => setCopied(done ? t.copied : t.notCopied));
  return (
    <div className="min-h-dvh">
      <PageBar title={t.title}>
        <span className="flex-1" />
      </PageBar>
      <main className="mx-auto grid w-full max-w-176 gap-6 px-6 py-8 max-tablet:px-4">
        <p role="status" data-testid="verdict" data-verdict={verdict ?? 'running'} className="text-lg font-semibold">
          {verdict === null ? t.running : t.summary[verdict]}
        </p>
        {looked !== null && (
          <>
            <ul className="grid gap-4">
              {looked.findings.map(({ id, name, state, words }) => (
                <li
                  key={id}
                  data-testid={`finding-${id}`}
                  data-state={state}
                  className="grid grid-cols-[24px_1fr] gap-x-2"
                >
                  <Glyph state={state} />
                  <div>
                    <p className="font-semibold">{name}</p>
                    <p className="text-ink-2">{words}</p>
                  </div>
                </li>
              ))}
            </ul>
            <div className="flex flex-wrap items-center gap-2">
              <Button look="primary" onClick={() => copy(looked.report)}>
                {t.copy}
              </Button>
              <Button onClick={run}>{t.again}</Button>
              <span role="status" className="text-ink-2">
                {copied}
              </span>
            </div>
            <details>
              <summary className="text-ink-2">{t.report}</summary>
              <p className="mt-2 text-xs text-ink-2">{t.details}</p>
              <pre className="mt-2 overflow-x-auto rounded-sm bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
                {looked.report}
              </pre>
            </details>
          </>
        )}
      </main>
    </div>
  );
}

function Glyph({ state }: { state: Finding['state'] }) {
  switch (state) {
    case 'good':
      return <Check size={16} aria-label={t.good} className="mt-0.75 text-accent" />;
    case 'warn':
      return <CircleAlert size={16} aria-label={t.warn} className="mt-0.75 text-brass" />;
    case 'bad':
      return <X size={16} aria-label={t.bad} className="mt-0.75 text-danger" />;
  }
}
