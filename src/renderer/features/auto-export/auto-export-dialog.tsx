import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AddFolder } from './add-folder.tsx';
import { KeptFolder } from './kept-folder.tsx';
import './auto-export.css';

/** Folders that finished synopses are written into by themselves. */
export function AutoExportDialog() {
  const { autoExport: store, view } = useServices();
  const { t, error } = useSpeech();
  const { all, failure } = useStore(store);
  useEffect(() => void store.reload(), [store]);
  return (
    <Dialog open onClose={() => view.setDialog(null)} title={t.autoExport.title} closeLabel={t.common.close}>
      {all === null ? (
        <p className="auto-export-note" role="status">
          {failure === null ? t.common.loading : error(failure)}
        </p>
      ) : (
        <div className="auto-export">
          <p className="auto-export-note">{t.autoExport.hint}</p>
          {all.folders.length === 0 ? (
            <p className="auto-export-note">{t.autoExport.none}</p>
          ) : (
            <ul>
              {all.folders.map(folder => (
                <KeptFolder key={folder.id} folder={folder} />
              ))}
            </ul>
          )}
          <AddFolder hasDialog={all.hasFolderDialog} />
        </div>
      )}
    </Dialog>
  );
}
