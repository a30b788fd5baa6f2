import type { SessionId, Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { SessionView } from '../../shared/domain/session.ts';
import { sessionView } from '../../shared/domain/session.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import type { PageRequest } from './page-cursor.ts';
import { cutPage, decodeTimeCursor, encodeTimeCursor } from './page-cursor.ts';
import { indexText, matchesAll, matchQuery } from './search-words.ts';

export interface NewSession {
  readonly id: SessionId;
  readonly title: string | null;
  /** Set for the bundled sample chat, of which there is one a language. */
  readonly demoLanguage: Language | null;
  readonly requestKey: string | null;
  readonly atMs: number;
}

export interface SessionPage {
  readonly sessions: SessionView[];
  readonly next: string | null;
}

/** Chats. A removed one is hidden from everything but `restore`, and nothing of it is deleted. */
export interface Sessions {
  /** Newest activity first, without empty ones; the first page has the pinned ones with it, however old. `search` narrows to chats whose title, messages or documents' titles hold every word. */
  list(page: PageRequest & { readonly search: string }): SessionPage;
  /** Of each chat the title of its newest document whose title has all these words. */
  foundDocuments(ids: readonly SessionId[], typed: string): ReadonlyMap<SessionId, string>;
  get(id: SessionId): SessionView | null;
  /** With a request key that was seen before, nothing is made and the first session is returned. */
  insert(session: NewSession): { readonly session: SessionView; readonly created: boolean };
  findDemo(language: Language): SessionView | null;
  /** Null when there is no such session, here and below. */
  rename(id: SessionId, title: string, atMs: number): SessionView | null;
  /** Gives a name to a session that has none; a name the person gave is never replaced. */
  nameIfUnnamed(id: SessionId, title: string): SessionView | null;
  /** Something happened in it: moves it up in the list; never down, whatever the clock says. */
  touch(id: SessionId, atMs: number): SessionView | null;
  /** Null puts it back among the others. */
  pin(id: SessionId, atMs: number | null): SessionView | null;
  markUnread(id: SessionId): SessionView | null;
  markRead(id: SessionId): SessionView | null;
  /** False when it was not there or already removed. */
  remove(id: SessionId, atMs: number): boolean;
  restore(id: SessionId, atMs: number): SessionView | null;
  /** The newest snapshot taken of the chat itself; passage search covers it. */
  setChatSnapshot(id: SessionId, hash: Sha256): void;
  chatSnapshot(id: SessionId): Sha256 | null;
}

interface SessionRow {
  readonly id: string;
  readonly title: string | null;
  readonly demoLanguage: string | null;
  readonly unread: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly runningJobs: number;
  readonly waitingJobs: number;
  readonly isEmpty: number;
  readonly isPinned: number;
}

/** A chat that was begun and left: a press too many, or a window that was closed before its first file had arrived. */
const empty = `s.title IS NULL AND NOT EXISTS (SELECT 1 FROM message WHERE message.session_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM document WHERE document.session_id = s.id)`;

/** `waitingJobs` are those that wait for the person; what waits for a network or a disk needs nobody and gets no badge. */
const columns = `
  s.id, s.title, (${empty}) AS isEmpty, s.pinned_at_ms IS NOT NULL AS isPinned, s.demo_language AS demoLanguage, s.unread, s.created_at_ms AS createdAtMs, s.updated_at_ms AS updatedAtMs,
  (SELECT count(*) FROM job WHERE job.session_id = s.id AND job.state = 'running') AS runningJobs,
  (SELECT count(*) FROM job WHERE job.session_id = s.id AND job.state = 'waiting' AND job.panel_group = 'needsYou') AS waitingJobs`;

/** Named for the query-plan test, which must look at the statements that run. */
export const sessionStatements = {
  list: `
    SELECT ${columns} FROM session AS s
    WHERE s.removed_at_ms IS NULL AND NOT (${empty})
    ORDER BY s.updated_at_ms DESC, s.id DESC LIMIT @take`,
  listBefore: `
    SELECT ${columns} FROM session AS s
    WHERE s.removed_at_ms IS NULL AND (s.updated_at_ms, s.id) < (@atMs, @id) AND NOT (${empty})
    ORDER BY s.updated_at_ms DESC, s.id DESC LIMIT @take`,
  pinned: `
    SELECT ${columns} FROM session AS s
    WHERE s.pinned_at_ms IS NOT NULL AND s.removed_at_ms IS NULL AND NOT (${empty})
    ORDER BY s.pinned_at_ms DESC LIMIT @take`,
  search: `
    SELECT ${columns} FROM session AS s
    WHERE s.removed_at_ms IS NULL AND (s.updated_at_ms, s.id) < (@atMs, @id)
      AND s.id IN (
        SELECT named.id FROM session_fts JOIN session AS named ON named.n = session_fts.rowid WHERE session_fts MATCH @query
        UNION ALL
        SELECT message.session_id FROM message_fts JOIN message ON message.n = message_fts.rowid WHERE message_fts MATCH @query AND message.is_shown = 1
        UNION ALL
        SELECT document.session_id FROM document WHERE document.removed_at_ms IS NULL AND holds_words(document.title, @typed))
    ORDER BY s.updated_at_ms DESC, s.id DESC LIMIT @take`,
  get: `SELECT ${columns} FROM session AS s WHERE s.id = @id AND s.removed_at_ms IS NULL`,
  foundDocuments: `
    SELECT session_id AS sessionId, title, max(id) AS id FROM document
    WHERE session_id IN (SELECT value FROM json_each(@ids)) AND removed_at_ms IS NULL AND holds_words(title, @typed) GROUP BY session_id`,
} as const;

/** Pinned chats that come with the first page, the last pinned first: as many as a person looks through. */
const pinnedLimit = 100;

/** Sorts after every real place, so one statement serves the first page of a search too. */
const newestPlace = { atMs: Number.MAX_SAFE_INTEGER, id: '~' } as const;

export function createSessions(db: Database): Sessions {
  db.function('holds_words', { deterministic: true }, (text: unknown, typed: unknown) =>
    typeof text === 'string' && typeof typed === 'string' && matchesAll(text, typed) ? 1 : 0,
  );
  const list = db.prepare<{ take: number }, SessionRow>(sessionStatements.list);
  const listBefore = db.prepare<{ atMs: number; id: string; take: number }, SessionRow>(sessionStatements.listBefore);
  const pinned = db.prepare<{ take: number }, SessionRow>(sessionStatements.pinned);
  const search = db.prepare<{ atMs: number; id: string; take: number; query: string; typed: string }, SessionRow>(sessionStatements.search);
  const get = db.prepare<{ id: string }, SessionRow>(sessionStatements.get);
  const foundDocuments = db.prepare<{ ids: string; typed: string }, { sessionId: SessionId; title: string }>(
    sessionStatements.foundDocuments,
  );
  const byRequest = db.prepare<[string], { id: string }>('SELECT id FROM session WHERE request_key = ?');
  const viewAny = db.prepare<{ id: string }, SessionRow>(`SELECT ${columns} FROM session AS s WHERE s.id = @id`);
  const byDemo = db.prepare<[string], SessionRow>(
    `SELECT ${columns} FROM session AS s WHERE s.demo_language = ? AND s.removed_at_ms IS NULL`,
  );
  const insert = db.prepare<{ id: string; title: string | null; demoLanguage: string | null; requestKey: string | null; atMs: number }>(`
    INSERT INTO session (id, title, demo_language, request_key, created_at_ms, updated_at_ms)
    VALUES (@id, @title, @demoLanguage, @requestKey, @atMs, @atMs)`);
  const rename = db.prepare<{ id: string; title: string; atMs: number }>(
    'UPDATE session SET title = @title, updated_at_ms = max(updated_at_ms, @atMs) WHERE id = @id AND removed_at_ms IS NULL',
  );
  const nameIfUnnamed = db.prepare<{ id: string; title: string }>(
    'UPDATE session SET title = @title WHERE id = @id AND title IS NULL AND removed_at_ms IS NULL',
  );
  const touch = db.prepare<{ id: string; atMs: number }>(
    'UPDATE session SET updated_at_ms = max(updated_at_ms, @atMs) WHERE id = @id AND removed_at_ms IS NULL',
  );
  const setUnread = db.prepare<{ id: string; unread: number }>(
    'UPDATE session SET unread = @unread WHERE id = @id AND removed_at_ms IS NULL AND unread <> @unread',
  );
  const pin = db.prepare<{ id: string; atMs: number | null }>(
    'UPDATE session SET pinned_at_ms = @atMs WHERE id = @id AND removed_at_ms IS NULL',
  );
  const remove = db.prepare<{ id: string; atMs: number }>(
    'UPDATE session SET removed_at_ms = @atMs WHERE id = @id AND removed_at_ms IS NULL',
  );
  const restore = db.prepare<{ id: string; atMs: number }>(
    // The sample chat of a language is there once; one that comes back beside a newer one is a chat like any other.
    `UPDATE session SET removed_at_ms = NULL, updated_at_ms = max(updated_at_ms, @atMs),
       demo_language = iif(EXISTS (SELECT 1 FROM session AS there WHERE there.demo_language = session.demo_language AND there.removed_at_ms IS NULL AND there.id <> @id), NULL, demo_language)
     WHERE id = @id`,
  );
  const indexTitle = db.prepare<{ id: string; title: string }>(
    'INSERT OR REPLACE INTO session_fts (rowid, title) SELECT n, @title FROM session WHERE id = @id',
  );
  const setChatSnapshot = db.prepare<{ id: string; hash: string }>('UPDATE session SET chat_snapshot_hash = @hash WHERE id = @id');
  const chatSnapshot = db.prepare<[string], { hash: string | null }>('SELECT chat_snapshot_hash AS hash FROM session WHERE id = ?');

  function view(id: SessionId): SessionView | null {
    const row = get.get({ id });
    return row === undefined ? null : viewOf(row);
  }

  return {
    list({ before, limit, search: typed }) {
      const cursor = decodeTimeCursor(before);
      const take = limit + 1;
      const query = matchQuery(typed);
      if (query === null && typed.trim() !== '') return { sessions: [], next: null };
      const found =
        query !== null
          ? search.all({ ...(cursor ?? newestPlace), take, query, typed })
          : cursor === null
            ? list.all({ take })
            : listBefore.all({ ...cursor, take });
      const page = cutPage(found, limit, row => encodeTimeCursor({ atMs: row.updatedAtMs, id: row.id }));
      const shown = new Set(page.rows.map(({ id }) => id));
      const kept = cursor === null && query === null ? pinned.all({ take: pinnedLimit }).filter(({ id }) => !shown.has(id)) : [];
      return { sessions: [...page.rows, ...kept].map(viewOf), next: page.next };
    },
    foundDocuments: (ids, typed) =>
      new Map(foundDocuments.all({ ids: JSON.stringify(ids), typed }).map(({ sessionId, title }) => [sessionId, title])),
    get: view,
    insert: session =>
      inWriteTransaction(db, () => {
        const earlier = session.requestKey === null ? undefined : byRequest.get(session.requestKey);
        if (earlier === undefined) {
          insert.run({
            id: session.id,
            title: session.title,
            demoLanguage: session.demoLanguage,
            requestKey: session.requestKey,
            atMs: session.atMs,
          });
          if (session.title !== null) indexTitle.run({ id: session.id, title: indexText(session.title) });
        }
        const row = viewAny.get({ id: earlier?.id ?? session.id });
        if (row === undefined) throw new Error(`Session ${session.id} was inserted and is not there.`);
        return { session: viewOf(row), created: earlier === undefined };
      }),
    findDemo(language) {
      const row = byDemo.get(language);
      return row === undefined ? null : viewOf(row);
    },
    rename: (id, title, atMs) =>
      inWriteTransaction(db, () => {
        if (rename.run({ id, title, atMs }).changes === 1) indexTitle.run({ id, title: indexText(title) });
        return view(id);
      }),
    nameIfUnnamed: (id, title) =>
      inWriteTransaction(db, () => {
        if (nameIfUnnamed.run({ id, title }).changes === 1) indexTitle.run({ id, title: indexText(title) });
        return view(id);
      }),
    touch: (id, atMs) =>
      inWriteTransaction(db, () => {
        touch.run({ id, atMs });
        return view(id);
      }),
    pin: (id, atMs) =>
      inWriteTransaction(db, () => {
        pin.run({ id, atMs });
        return view(id);
      }),
    markUnread: id =>
      inWriteTransaction(db, () => {
        setUnread.run({ id, unread: 1 });
        return view(id);
      }),
    markRead: id =>
      inWriteTransaction(db, () => {
        setUnread.run({ id, unread: 0 });
        return view(id);
      }),
    remove: (id, atMs) => inWriteTransaction(db, () => remove.run({ id, atMs }).changes === 1),
    restore: (id, atMs) =>
      inWriteTransaction(db, () => {
        restore.run({ id, atMs });
        return view(id);
      }),
    setChatSnapshot(id, hash) {
      inWriteTransaction(db, () => {
        setChatSnapshot.run({ id, hash });
      });
    },
    chatSnapshot(id) {
      const hash = chatSnapshot.get(id)?.hash ?? null;
      return hash === null ? null : sha256Hex.parse(hash);
    },
  };
}

function viewOf(row: SessionRow): SessionView {
  return sessionView.parse({
    id: row.id,
    title: row.title,
    isDemo: row.demoLanguage !== null,
    createdAtMs: row.createdAtMs,
    updatedAtMs: row.updatedAtMs,
    runningJobs: row.runningJobs,
    waitingJobs: row.waitingJobs,
    unread: row.unread === 1,
    ...(row.isEmpty === 1 ? { isEmpty: true } : {}),
    ...(row.isPinned === 1 ? { isPinned: true } : {}),
  });
}
