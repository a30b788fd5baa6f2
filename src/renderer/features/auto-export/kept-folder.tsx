import { RefreshCw, Trash2 } from 'lucide-react';
import type { AutoExportView } from '../../../shared/domain/auto-export.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** One folder, with what became of its files. */
export function KeptFolder({ folder }: { readonly folder: AutoExportView }) {
  const { autoExport: store } = useServices();
  const sayError = useSayError();
  const { t, error } = useSpeech();
  const { id, path, mode, sessions, fileCount, edited, deleted, last } = folder;
  const facts = [
    t.autoExport.modes[mode],
    sessions === null ? t.autoExport.allChats : t.autoExport.chats(sessions.length),
    t.autoExport.files(fileCount),
  ];
  return (
    <li className="auto-export-folder">
      <div className="auto-export-row">
        <span className="auto-export-path">{path}</span>
        <IconButton
          size="s"
          label={t.autoExport.update(path)}
          icon={<RefreshCw />}
          onClick={() => void store.run(id, false).then(sayError)}
        />
        <IconButton size="s" label={t.autoExport.remove(path)} icon={<Trash2 />} onClick={() => void store.remove(id).then(sayError)} />
      </div>
      <p className="auto-export-note">{facts.join(' · ')}</p>
      {last?.errorCode != null && <p className="auto-export-problem">{error(last.errorCode)}</p>}
      <Files said={t.autoExport.edited(edited.count)} files={edited} />
      <Files said={t.autoExport.deleted(deleted.count)} files={deleted} />
      {deleted.count > 0 && (
        <Button size="s" className="auto-export-button" onClick={() => void store.run(id, true).then(sayError)}>
          {t.autoExport.restore}
        </Button>
      )}
    </li>
  );
}

function Files({ said, files: { count, names } }: { readonly said: string; readonly files: AutoExportView['edited'] }) {
  const { t } = useSpeech();
  if (count === 0) return null;
  return (
    <div>
      <p className="auto-export-note">{said}</p>
      <ul className="auto-export-names">
        {names.map(name => (
          <li key={name}>{name}</li>
        ))}
        {count > names.length && <li>{t.material.moreNames(count - names.length)}</li>}
      </ul>
    </div>
  );
}
