import { isTalk } from '../../shared/domain/speakers.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { Template } from '../../shared/domain/synopsis.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';

/** Characters at a document's start by which it is told apart: some pages, after which a talk has shown who speaks in it. */
const headChars = 20_000;

/**
 * The kind of material for a person who named none: the one the chat's newest synopsis was made for; without one, a meeting
 * where every document read so far is a talk, else an article, whose plan takes everything there may be.
 */
export async function likelyTemplate(
  { store, reader }: { readonly store: Pick<Store, 'synopses' | 'documents'>; readonly reader: Pick<Reader, 'readText'> },
  sessionId: SessionId,
): Promise<Template> {
  const newest = store.synopses.heads(sessionId).toSorted((a, b) => b.number - a.number)[0];
  if (newest !== undefined) return newest.template;
  const hashes = store.documents.list(sessionId).flatMap(({ state, snapshotHash }) => (state === 'ready' ? (snapshotHash ?? []) : []));
  if (hashes.length === 0) return 'article';
  for (const snapshotHash of hashes) {
    // A text that cannot be read is told of by the synopsis; here it only leaves the guess open.
    const head = await reader.readText({ snapshotHash, start: 0, limit: headChars }).catch(() => null);
    if (head === null || !isTalk(head.text)) return 'article';
  }
  return 'meeting';
}
