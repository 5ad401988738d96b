'use client';

import { PageBar } from '../status-page/page-bar.tsx';
import { withBase } from '../ui/base-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { adminStrings } from './admin-strings.ts';
import { RoomsTable } from './rooms-table.tsx';
import { TokenField } from './token-field.tsx';
import { useAdmin } from './use-admin.ts';

/** All rooms of a server, for whoever keeps it. */
export function AdminRooms() {
  const admin = useAdmin();
  const t = adminStrings;
  const { page } = admin;
  return (
    <div className="min-h-dvh">
      <PageBar title={t.title}>
        <span className="flex-1" />
        <a href={withBase('/status')} className={buttonClass('quiet')}>
          {t.status}
        </a>
        {admin.token !== null && (
          <Button look="quiet" onClick={admin.leave}>
            {t.token.leave}
          </Button>
        )}
      </PageBar>
      <main className="mx-auto grid w-full max-w-280 gap-4 px-6 py-5 max-tablet:px-4">
        {admin.token === null || page === null ? (
          <>
            <p className="text-ink-2">{t.token.gate}</p>
            <TokenField trouble={admin.fault} busy={admin.busy} onToken={admin.enter} />
          </>
        ) : (
          <>
            <p role="status" className={`min-h-5 ${admin.fault === '' ? 'text-ink-2' : 'text-danger'}`}>
              {admin.fault || admin.news}
            </p>
            {page.rooms.length === 0 ? (
              <p className="text-ink-2">{t.none}</p>
            ) : (
              <RoomsTable rooms={page.rooms} busy={admin.busy} act={admin.act} />
            )}
            <div className="flex flex-wrap gap-2">
              {admin.isLater && <Button onClick={() => admin.turn(null)}>{t.first}</Button>}
              {page.after !== null && <Button onClick={() => admin.turn(page.after)}>{t.next}</Button>}
            </div>
          </>
        )}
      </main>
    </div>
  );
}
