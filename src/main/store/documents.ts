import type { DocumentError, DocumentOrigin, DocumentView } from '../../shared/domain/document.ts';
import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import { documentView, storedTextDetail } from '../../shared/domain/document.ts';
import type { DocumentId, JobId, SessionId, Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { SnapshotWarning } from '../../shared/domain/snapshot.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { storedJson } from './stored-json.ts';

export interface NewDocument {
  readonly id: DocumentId;
  readonly sessionId: SessionId;
  readonly title: string;
  readonly origin: DocumentOrigin;
  /** The stored original; null for an address, which is fetched by the job. */
  readonly original: Sha256 | null;
  readonly byteCount: number | null;
  readonly jobId: JobId | null;
  readonly requestKey: string | null;
  readonly atMs: number;
}

export interface ReadDocument {
  readonly format: DocumentFormat;
  /** Replaces the title given at adding when the document names itself. */
  readonly title: string | null;
  readonly snapshotHash: Sha256;
  /** The fetched bytes of an address; null keeps the original it was added with. */
  readonly original: Sha256 | null;
  readonly byteCount: number;
  /** As the document says; null or absent where it does not. */
  readonly author?: string | null;
  readonly date?: string | null;
  readonly warnings: readonly SnapshotWarning[];
}

/** Documents of chats. A removed one leaves the lists; what cites it still opens, from its snapshot. */
export interface Documents {
  /** In the order they were added. */
  list(sessionId: SessionId): DocumentView[];
  /** Whether the session has this many documents that are not removed. */
  hasAtLeast(sessionId: SessionId, count: number): boolean;
  /** Removed ones are found too: a citation may still name them. */
  get(id: DocumentId): DocumentView | null;
  isRemoved(id: DocumentId): boolean;
  /** With a request key that was seen before in this session, nothing is made and the first document is returned. */
  insert(document: NewDocument): { readonly document: DocumentView; readonly created: boolean };
  findByRequestKey(sessionId: SessionId, requestKey: string): DocumentView | null;
  /** The session's first document that was made of these bytes, and of this page where one is named, and is not removed. */
  findByOriginal(sessionId: SessionId, original: Sha256, page?: string): DocumentView | null;
  /** Null when there is no such document, here and below. */
  setJob(id: DocumentId, jobId: JobId): DocumentView | null;
  finish(id: DocumentId, read: ReadDocument): DocumentView | null;
  fail(id: DocumentId, error: DocumentError): DocumentView | null;
  /**
   * The stored text of these documents is gone or is not what it was: they can be read again, and what cites them still
   * names them. Those that were marked.
   */
  markDamaged(snapshotHash: Sha256): DocumentView[];
  /** A failed one is being read again. Null also when it is not failed. */
  startAgain(id: DocumentId, jobId: JobId | null): DocumentView | null;
  original(id: DocumentId): Sha256 | null;
  ofJob(jobId: JobId): DocumentView[];
  /** False when it was not there or already removed. */
  remove(id: DocumentId, atMs: number): boolean;
}

interface DocumentRow {
  readonly id: string;
  readonly sessionId: string;
  readonly title: string;
  readonly origin: string;
  readonly format: string | null;
  readonly state: string;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly jobId: string | null;
  readonly snapshotHash: string | null;
  readonly language: string | null;
  readonly byteCount: number | null;
  readonly charCount: number | null;
  readonly pageCount: number | null;
  readonly warnings: string;
  readonly author: string | null;
  readonly date: string | null;
  readonly addedAtMs: number;
}

const select = `
  SELECT d.id, d.session_id AS sessionId, d.title, d.origin, d.format, d.state, d.error_code AS errorCode, d.error_detail AS errorDetail,
    d.job_id AS jobId, d.snapshot_hash AS snapshotHash, snapshot.language, d.byte_count AS byteCount, snapshot.char_count AS charCount,
    snapshot.page_count AS pageCount, d.warnings, d.author, d.dated AS date, d.added_at_ms AS addedAtMs
  FROM document AS d LEFT JOIN snapshot ON snapshot.hash = d.snapshot_hash`;

export const documentStatements = {
  list: `${select} WHERE d.session_id = ? AND d.removed_at_ms IS NULL ORDER BY d.n`,
  count: 'SELECT count(*) AS count FROM (SELECT 1 FROM document WHERE session_id = ? AND removed_at_ms IS NULL LIMIT ?)',
  byRequest: `${select} WHERE d.session_id = ? AND d.request_key = ?`,
  byOriginal: `${select} WHERE d.session_id = @session AND d.original = @original AND d.removed_at_ms IS NULL
    AND (@page IS NULL OR d.origin ->> 'url' = @page) ORDER BY d.n LIMIT 1`,
  ofJob: `${select} WHERE d.job_id = ? ORDER BY d.n`,
  ofSnapshot: "SELECT id FROM document WHERE snapshot_hash = ? AND state = 'ready' AND removed_at_ms IS NULL ORDER BY n",
} as const;

export function createDocuments(db: Database): Documents {
  const list = db.prepare<[string], DocumentRow>(documentStatements.list);
  const count = db.prepare<[string, number], { count: number }>(documentStatements.count);
  const byRequest = db.prepare<[string, string], DocumentRow>(documentStatements.byRequest);
  const byOriginal = db.prepare<{ session: string; original: string; page: string | null }, DocumentRow>(documentStatements.byOriginal);
  const ofJob = db.prepare<[string], DocumentRow>(documentStatements.ofJob);
  const get = db.prepare<[string], DocumentRow>(`${select} WHERE d.id = ?`);
  const removedAt = db.prepare<[string], { at: number | null }>('SELECT removed_at_ms AS at FROM document WHERE id = ?');
  const insert = db.prepare<
    Record<'id' | 'sessionId' | 'title' | 'origin', string> &
      Record<'original' | 'jobId' | 'requestKey', string | null> & { byteCount: number | null; atMs: number }
  >(`
    INSERT INTO document (id, session_id, title, origin, state, original, byte_count, job_id, request_key, added_at_ms)
    VALUES (@id, @sessionId, @title, @origin, 'importing', @original, @byteCount, @jobId, @requestKey, @atMs)`);
  const setJob = db.prepare<[string, string]>('UPDATE document SET job_id = ? WHERE id = ?');
  const finish = db.prepare<
    Record<'id' | 'format' | 'snapshotHash' | 'warnings', string> &
      Record<'title' | 'original' | 'author' | 'date', string | null> & { byteCount: number }
  >(`
    UPDATE document SET state = 'ready', error_code = NULL, error_detail = NULL, format = @format, title = coalesce(@title, title), snapshot_hash = @snapshotHash,
      original = coalesce(@original, original), byte_count = @byteCount, warnings = @warnings,
      author = @author, dated = @date
    WHERE id = @id`);
  const fail = db.prepare<{ id: string; code: string; detail: string | null }>(`
    UPDATE document SET state = 'failed', error_code = @code, error_detail = @detail, snapshot_hash = NULL WHERE id = @id AND state <> 'ready'`);
  const ofSnapshot = db.prepare<[string], { id: string }>(documentStatements.ofSnapshot);
  const markDamaged = db.prepare<{ id: string; detail: string }>(
    "UPDATE document SET state = 'failed', error_code = 'damaged', error_detail = @detail, snapshot_hash = NULL WHERE id = @id",
  );
  const startAgain = db.prepare<{ id: string; jobId: string | null }>(`
    UPDATE document SET state = 'importing', error_code = NULL, error_detail = NULL, job_id = coalesce(@jobId, job_id) WHERE id = @id AND state = 'failed'`);
  const original = db.prepare<[string], { original: string | null }>('SELECT original FROM document WHERE id = ?');
  const remove = db.prepare<{ id: string; atMs: number }>(
    'UPDATE document SET removed_at_ms = @atMs WHERE id = @id AND removed_at_ms IS NULL',
  );

  function one(row: DocumentRow | undefined): DocumentView | null {
    return row === undefined ? null : viewOf(row);
  }

  return {
    list: sessionId => list.all(sessionId).map(viewOf),
    hasAtLeast: (sessionId, wanted) => (count.get(sessionId, wanted)?.count ?? 0) >= wanted,
    get: id => one(get.get(id)),
    isRemoved: id => (removedAt.get(id)?.at ?? null) !== null,
    insert: document =>
      inWriteTransaction(db, () => {
        const earlier = document.requestKey === null ? undefined : byRequest.get(document.sessionId, document.requestKey);
        if (earlier !== undefined) return { document: viewOf(earlier), created: false };
        insert.run({
          id: document.id,
          sessionId: document.sessionId,
          title: document.title,
          origin: JSON.stringify(document.origin),
          original: document.original,
          byteCount: document.byteCount,
          jobId: document.jobId,
          requestKey: document.requestKey,
          atMs: document.atMs,
        });
        const row = get.get(document.id);
        if (row === undefined) throw new Error(`Document ${document.id} was inserted and is not there.`);
        return { document: viewOf(row), created: true };
      }),
    findByRequestKey: (sessionId, requestKey) => one(byRequest.get(sessionId, requestKey)),
    findByOriginal: (session, original, page) => one(byOriginal.get({ session, original, page: page ?? null })),
    setJob: (id, jobId) =>
      inWriteTransaction(db, () => {
        setJob.run(jobId, id);
        return one(get.get(id));
      }),
    finish: (id, read) =>
      inWriteTransaction(db, () => {
        finish.run({
          id,
          format: read.format,
          title: read.title,
          snapshotHash: read.snapshotHash,
          original: read.original,
          byteCount: read.byteCount,
          author: read.author ?? null,
          date: read.date ?? null,
          warnings: JSON.stringify(read.warnings),
        });
        return one(get.get(id));
      }),
    fail: (id, error) =>
      inWriteTransaction(db, () => {
        fail.run({ id, code: error.code, detail: error.detail });
        return one(get.get(id));
      }),
    markDamaged: snapshotHash =>
      inWriteTransaction(db, () =>
        ofSnapshot.all(snapshotHash).flatMap(({ id }) => {
          markDamaged.run({ id, detail: storedTextDetail });
          return one(get.get(id)) ?? [];
        }),
      ),
    startAgain: (id, jobId) => inWriteTransaction(db, () => (startAgain.run({ id, jobId }).changes === 1 ? one(get.get(id)) : null)),
    original(id) {
      const hash = original.get(id)?.original ?? null;
      return hash === null ? null : sha256Hex.parse(hash);
    },
    ofJob: jobId => ofJob.all(jobId).map(viewOf),
    remove: (id, atMs) => inWriteTransaction(db, () => remove.run({ id, atMs }).changes === 1),
  };
}

function viewOf(row: DocumentRow): DocumentView {
  const { errorCode, errorDetail, ...rest } = row;
  return documentView.parse({
    ...rest,
    origin: storedJson(row.origin),
    error: errorCode === null ? null : { code: errorCode, detail: errorDetail },
    warnings: storedJson(row.warnings),
  });
}
