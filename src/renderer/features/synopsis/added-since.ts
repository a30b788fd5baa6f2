import type { DocumentView } from '../../../shared/domain/document.ts';
import { isMaterial } from '../../../shared/domain/is-material.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';

export interface Added {
  readonly documents: number;
  readonly messages: number;
}

/**
 * Documents and messages of the chat that are not in a version. A document that could not be read would not be in a new one
 * either. A version takes its material when its job starts.
 */
export function addedSince(
  { coverage, createdAtMs }: Pick<SynopsisVersion, 'coverage' | 'createdAtMs'>,
  job: Pick<JobView, 'startedAtMs'> | null,
  documents: readonly Pick<DocumentView, 'id' | 'state'>[],
  messages: readonly Pick<MessageView, 'role' | 'text' | 'createdAtMs'>[],
): Added {
  const covered = new Set(coverage.flatMap(({ source }) => (source.kind === 'document' ? [source.documentId] : [])));
  const takenAtMs = Math.max(createdAtMs, job?.startedAtMs ?? 0);
  return {
    documents: documents.filter(({ id, state }) => state !== 'failed' && !covered.has(id)).length,
    messages: messages.filter(message => message.role === 'person' && message.createdAtMs > takenAtMs && isMaterial(message.text)).length,
  };
}
