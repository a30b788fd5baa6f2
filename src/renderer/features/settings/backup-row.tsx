import { useStore } from 'zustand';
import type { BackupView } from '../../../shared/domain/backup.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

interface BackupRowProps {
  readonly backup: BackupView;
  readonly now: number;
  readonly onRestore: () => void;
}

export function BackupRow({ backup: { name, reason, atMs, bytes, isKnown, contents }, now, onRestore }: BackupRowProps) {
  const { backups: store } = useServices();
  const { t, date, bytes: size } = useSpeech();
  const sayError = useSayError();
  const checked = useStore(store, state => state.checked.get(name));
  const when = date(atMs, now);
  return (
    <li className="backup">
      <div className="backup-words">
        <strong>{when}</strong>
        <p className="setting-hint">
          {t.backups.reason[reason]} · {size(bytes)} ·{' '}
          {contents === null ? t.backups.unreadable : t.backups.contents(contents.chats, contents.documents, contents.synopses)}
        </p>
        {!isKnown && <p className="backup-problem">{t.backups.tooNew}</p>}
        {contents !== null && contents.missingFiles > 0 && (
          <p className="backup-problem">{t.backups.missingFiles(contents.missingFiles)}</p>
        )}
        <p className={checked === 'damaged' ? 'backup-problem' : 'setting-hint'} role="status">
          {checked !== undefined && t.backups[checked]}
        </p>
      </div>
      <Button
        size="s"
        variant="quiet"
        aria-label={t.backups.checkOf(when)}
        disabled={checked === 'checking'}
        onClick={() => void store.check(name).then(sayError)}
      >
        {t.backups.check}
      </Button>
      <Button
        size="s"
        aria-label={t.backups.restoreOf(when)}
        disabled={!isKnown || contents === null || checked === 'damaged'}
        onClick={onRestore}
      >
        {t.backups.restore}
      </Button>
    </li>
  );
}
