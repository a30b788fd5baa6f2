import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { GrantedFolders } from './granted-folders.tsx';
import { WebSearchSection } from './web-search-section.tsx';
import './reach.css';

/** What agents may reach outside the program: the search of the web, and folders. */
export function ReachDialog() {
  const { reach: store, view } = useServices();
  const { t, error } = useSpeech();
  const { view: all, failure } = useStore(store);
  useEffect(() => void store.reload(), [store]);
  return (
    <Dialog open onClose={() => view.setDialog(null)} title={t.reach.title} closeLabel={t.common.close}>
      {all === null ? (
        <p className="reach-note" role="status">
          {failure === null ? t.common.loading : error(failure)}
        </p>
      ) : (
        <div className="reach">
          <WebSearchSection all={all} />
          <GrantedFolders all={all} />
        </div>
      )}
    </Dialog>
  );
}
