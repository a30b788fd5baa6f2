import { useEffect, useState } from 'react';
import { useActions, useSpeech } from '../state/context.tsx';
import { readDropped } from './dropped-files.ts';
import './drop-zone.css';

/** Files dropped anywhere in the window are added to the open chat. */
export function DropZone() {
  const actions = useActions();
  const { t } = useSpeech();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering a child fires before leaving its parent, so depth and not the last event says whether it is over.
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    // SECURITY: without this the window would navigate to a dropped file.
    const hover = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const { files, folders } = readDropped(event.dataTransfer);
      void actions.addFiles(files);
      for (const folder of folders) {
        void folder.read().then(({ inside, leftOut }) => actions.addFolder(folder.name, inside, leftOut));
      }
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, [actions]);

  if (!over) return null;
  return (
    <div className="drop-zone" aria-hidden>
      <div className="drop-zone-card">
        <strong>{t.composer.dropTitle}</strong>
        <span>{t.composer.dropHint}</span>
      </div>
    </div>
  );
}
