import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { useServices } from '../../state/context.tsx';
import type { OpenSource } from '../../state/view-store.ts';

export type Original = CallOutput<'sources.original'>;

const noPages: Original = { state: 'absent', reason: 'no_pages' };

/** Whether there are pages to look at; null while that is asked. Only a PDF, or a document that this window does not know, is asked about. */
export function useOriginal({ documentId, snapshotHash }: OpenSource, document: DocumentView | null): Original | null {
  const { client } = useServices();
  const [answer, setAnswer] = useState<{ readonly of: string; readonly original: Original } | null>(null);
  const wanted = documentId !== null && (document === null || document.format === 'pdf') ? documentId : null;
  const key = `${wanted ?? ''}/${snapshotHash}`;
  useEffect(() => {
    if (wanted === null) return;
    let isStale = false;
    void client.call('sources.original', { documentId: wanted, snapshotHash }).then(result => {
      if (!isStale) setAnswer({ of: key, original: result.ok ? result.value : noPages });
    });
    return () => {
      isStale = true;
    };
  }, [client, wanted, snapshotHash, key]);
  if (wanted === null) return noPages;
  return answer?.of === key ? answer.original : null;
}
