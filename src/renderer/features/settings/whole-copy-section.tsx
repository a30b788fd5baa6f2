import { useId, useState } from 'react';
import { useHost, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { FolderPathField, useFolderPath } from '../../ui/folder-path-field.tsx';

/** Everything into a folder, and such a folder in again: picked in the system's dialog, or typed where the window is a page in a browser. */
export function WholeCopySection() {
  const { backups: store } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const hasDialog = useHost() === 'desktop';
  const sayError = useSayError();
  const heading = useId();
  const typed = useFolderPath();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  async function run(work: (path: string | null) => Promise<string | null>): Promise<void> {
    setBusy(true);
    setSaid('');
    if (hasDialog) sayError(await work(null));
    else await typed.send(work);
    setBusy(false);
  }
  const write = async (path: string | null): Promise<string | null> => {
    const written = await store.writeCopy(path);
    if (!written.ok) return written.code;
    if (written.value !== null) setSaid(sentence(t.backups.copied(written.value.folder), written.value.missingFiles));
    return null;
  };
  const takeIn = async (path: string | null): Promise<string | null> => {
    const taken = await store.takeIn(path);
    if (!taken.ok) return taken.code;
    if (taken.value !== null) setSaid(sentence(t.backups.takenIn, taken.value.missingFiles));
    return null;
  };
  const sentence = (first: string, missing: number): string => (missing === 0 ? first : `${first} ${t.backups.missingFiles(missing)}.`);
  const isWaiting = isBusy || (!hasDialog && typed.isEmpty);

  return (
    <section className="setting-group" aria-labelledby={heading}>
      <h3 id={heading}>{t.backups.copyTitle}</h3>
      <p className="setting-hint">{t.backups.copyHint}</p>
      {!hasDialog && (
        <FolderPathField
          label={t.backups.copyPath}
          hint={t.backups.copyPathHint}
          value={typed.path}
          onChange={typed.type}
          problem={typed.failure === null ? null : speech.error(typed.failure)}
        />
      )}
      <div className="backups-buttons">
        <Button size="s" disabled={isWaiting} onClick={() => void run(write)}>
          {t.backups.writeCopy}
        </Button>
        <Button size="s" disabled={isWaiting} onClick={() => void run(takeIn)}>
          {t.backups.takeIn}
        </Button>
      </div>
      <p className="setting-hint" role="status">
        {isBusy ? t.backups.copying : said}
      </p>
    </section>
  );
}
