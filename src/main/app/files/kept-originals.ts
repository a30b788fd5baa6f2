import type { CallArgs, CallOutput } from '../../../shared/contract/contract.ts';
import { documentId, sha256Hex } from '../../../shared/domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { OfferedFile } from './offered-files.ts';

type Asked = CallArgs<'sources.original'>;
type Found = CallOutput<'sources.original'>;

/** Where originals are fetched from: `/originals/<document>/<stored text>`. */
const originalsPath = '/originals/';

/** Originals that are kept and can be looked at, behind addresses of the window's own host. */
export interface KeptOriginals {
  /** Null when there is no such document. */
  look(asked: Asked): Found | null;
  /** Null when nothing is shown there. `urlPath` is hostile input. */
  at(urlPath: string): OfferedFile | null;
}

/**
 * SECURITY: an address names a document and the text that was read from it, never a path. Each request is checked anew: the document
 * is a PDF, its text is the one named, and the file is the artifact that its row names, in its whole length.
 */
export function createKeptOriginals(store: Pick<Store, 'documents' | 'artifacts'>): KeptOriginals {
  function find(asked: Asked): { readonly file: OfferedFile; readonly byteCount: number } | Extract<Found, { state: 'absent' }> | null {
    const document = store.documents.get(asked.documentId);
    if (document === null) return null;
    if (document.format !== 'pdf') return { state: 'absent', reason: 'no_pages' };
    const original = store.documents.original(asked.documentId);
    const row = original === null ? null : store.artifacts.get(original);
    if (row === null) return { state: 'absent', reason: 'not_kept' };
    if (document.snapshotHash !== asked.snapshotHash) return { state: 'absent', reason: 'replaced' };
    const { files } = store.artifacts;
    if (row.byteCount === 0 || !files.isWhole(row.sha256, row.byteCount)) return { state: 'absent', reason: 'missing' };
    const name = document.origin.kind === 'file' ? document.origin.name : `${document.title}.pdf`;
    return { file: { path: files.path(row.sha256), fileName: name, mediaType: 'application/pdf' }, byteCount: row.byteCount };
  }

  return {
    look(asked) {
      const found = find(asked);
      if (found === null || 'state' in found) return found;
      return { state: 'kept', urlPath: `${originalsPath}${asked.documentId}/${asked.snapshotHash}`, byteCount: found.byteCount };
    },
    at(urlPath) {
      if (!urlPath.startsWith(originalsPath)) return null;
      const [document, text, ...more] = urlPath.slice(originalsPath.length).split('/');
      const id = documentId.safeParse(document);
      const snapshotHash = sha256Hex.safeParse(text);
      if (!id.success || !snapshotHash.success || more.length > 0) return null;
      const found = find({ documentId: id.data, snapshotHash: snapshotHash.data });
      return found === null || 'state' in found ? null : found.file;
    },
  };
}
