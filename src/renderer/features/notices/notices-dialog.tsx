import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { NoticeView } from '../../../shared/domain/notice.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NoticeRow } from './notice-row.tsx';
import './notices-dialog.css';

/** The notification centre: what was told or would have been told, newest first. */
export function NoticesDialog({ onOpen }: { readonly onOpen: (notice: NoticeView) => void }) {
  const { announcer, notices: store, view } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const { notices, next, loaded, unread } = useStore(store);
  const listRef = useRef<HTMLUListElement>(null);

  useEffect(() => {
    store.setListed(true);
    return () => store.setListed(false);
  }, [store]);

  function open(notice: NoticeView): void {
    view.setDialog(null);
    if (!notice.isRead) void store.read([notice.id]).then(sayError);
    onOpen(notice);
  }

  async function readAll(): Promise<void> {
    const failure = await store.read(null);
    if (failure === null) announcer.announce(t.notices.allRead);
    sayError(failure);
  }

  function moveFocus(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const rows = [...(listRef.current?.querySelectorAll<HTMLElement>('.notice-row') ?? [])];
    event.preventDefault();
    rows[rows.indexOf(event.target) + step]?.focus();
  }

  return (
    <Dialog
      open
      title={t.notices.title}
      closeLabel={t.common.close}
      onClose={() => view.setDialog(null)}
      footer={
        <>
          <Button variant="quiet" onClick={() => view.openSettings('notifications')}>
            {t.notices.settings}
          </Button>
          <Button disabled={unread === 0} onClick={() => void readAll()}>
            {t.notices.readAll}
          </Button>
        </>
      }
    >
      {loaded && notices.length === 0 ? (
        <EmptyState title={t.notices.none} lead={t.notices.noneLead} />
      ) : (
        <ul className="notice-list" ref={listRef} aria-label={t.notices.title}>
          {notices.map(notice => (
            <li key={notice.id}>
              <NoticeRow notice={notice} onOpen={open} onArrow={moveFocus} />
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <Button variant="quiet" size="s" onClick={() => void store.loadMore()}>
          {t.common.showMore}
        </Button>
      )}
    </Dialog>
  );
}
