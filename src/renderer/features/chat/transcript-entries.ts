import type { DocumentView } from '../../../shared/domain/document.ts';
import type { MessageView } from '../../../shared/domain/session.ts';

export type TranscriptEntry =
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageView; readonly documents: readonly DocumentView[] }
  | { readonly kind: 'documents'; readonly key: string; readonly documents: readonly DocumentView[] };

/**
 * The transcript in the order things happened: messages, and between them the documents that were added to the chat. A
 * document attached to the message right after it is shown with that message; one that another message came after stays
 * where it was, or it would jump when a later message takes it along. Ids are UUIDv7, so their order is the order of time. Documents older than
 * the loaded messages are left out while there are earlier messages to load.
 */
export function transcriptEntries(
  messages: readonly MessageView[],
  documents: readonly DocumentView[],
  complete: boolean,
): readonly TranscriptEntry[] {
  const byId = new Map(documents.map(document => [document.id, document]));
  const attached = new Set(
    messages.flatMap((message, at) => message.documentIds.filter(id => at === 0 || id > (messages[at - 1]?.id ?? ''))),
  );
  const first = messages[0]?.id ?? '';
  const alone = documents.filter(document => !attached.has(document.id) && (complete || document.id > first));
  const entries: TranscriptEntry[] = [];
  let at = 0;

  function takeDocuments(before: string | null): void {
    const run: DocumentView[] = [];
    for (let next = alone[at]; next && (before === null || next.id < before); next = alone[at]) {
      run.push(next);
      at += 1;
    }
    const head = run[0];
    if (head) entries.push({ kind: 'documents', key: `documents-${head.id}`, documents: run });
  }

  for (const message of messages) {
    takeDocuments(message.id);
    const own = message.documentIds.filter(id => attached.has(id)).flatMap(id => byId.get(id) ?? []);
    entries.push({ kind: 'message', key: message.id, message, documents: own });
  }
  takeDocuments(null);
  return entries;
}
