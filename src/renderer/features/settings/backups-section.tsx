import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { BackupView } from '../../../shared/domain/backup.ts';
import { useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BackupRow } from './backup-row.tsx';
import './backups-section.css';

/** A date turns from «12:40» into a day of the week at midnight. */
const minuteMs = 60_000;

/** The backups, newest first, and the way back to each of them. */
export function BackupsSection() {
  const { backups: store } = useServices();
  const { t, error, date } = useSpeech();
  const sayError = useSayError();
  const host = useHost();
  const now = useNow(minuteMs);
  const heading = useId();
  const { all, failure, isMaking } = useStore(store);
  const [asked, setAsked] = useState<BackupView | null>(null);
  useEffect(() => void store.reload(), [store]);
  const wanted = all?.backups.find(({ name }) => name === all.wanted);

  async function restore(backup: BackupView): Promise<void> {
    setAsked(null);
    const refused = await store.restore(backup.name);
    if (refused !== null || host !== 'desktop') return sayError(refused);
    sayError(await store.restart());
  }

  return (
    <section className="setting-group backups" aria-labelledby={heading}>
      <h3 id={heading}>{t.backups.title}</h3>
      <p className="setting-hint">{t.backups.hint}</p>
      <Button size="s" className="backups-make" disabled={isMaking} onClick={() => void store.make().then(sayError)}>
        {isMaking ? t.backups.making : t.backups.make}
      </Button>
      {wanted !== undefined && (
        <div className="backups-wanted" role="status">
          <p>
            {t.backups.wanted(date(wanted.atMs, now))} {host !== 'desktop' && t.backups.restartByHand}
          </p>
          <Button size="s" onClick={() => void store.keepPresent().then(sayError)}>
            {t.backups.keepPresent}
          </Button>
          {host === 'desktop' && (
            <Button size="s" variant="accent" onClick={() => void store.restart().then(sayError)}>
              {t.backups.restart}
            </Button>
          )}
        </div>
      )}
      {all === null ? (
        <p className="setting-hint" role="status">
          {failure === null ? t.common.loading : error(failure)}
        </p>
      ) : all.backups.length === 0 ? (
        <p className="setting-hint">{t.backups.none}</p>
      ) : (
        <ul className="backups-list">
          {all.backups.map(backup => (
            <BackupRow key={backup.name} backup={backup} now={now} onRestore={() => setAsked(backup)} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asked !== null}
        title={asked === null ? '' : t.backups.restoreTitle(date(asked.atMs, now))}
        lead={t.backups.restoreText}
        confirm={host === 'desktop' ? t.backups.restoreNow : t.backups.restoreLater}
        cancel={t.backups.restoreNo}
        onConfirm={() => asked !== null && void restore(asked)}
        onCancel={() => setAsked(null)}
      />
    </section>
  );
}
