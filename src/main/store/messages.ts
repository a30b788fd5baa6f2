import type { DocumentId, JobId, MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import { messageView } from '../../shared/domain/session.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import type { PageRequest } from './page-cursor.ts';
import { cutPage, decodeRowCursor } from './page-cursor.ts';
import { indexText, matchQuery } from './search-words.ts';
import { storedJson } from './stored-json.ts';

export interface NewMessage extends Omit<MessageView, 'citations' | 'documentIds' | 'createdAtMs' | 'error'> {
  readonly documentIds: readonly DocumentId[];
  /** The person's message this one answers. */
  readonly replyTo: MessageId | null;
  readonly requestKey: string | null;
  readonly atMs: number;
}

/** What may change of a message; what is left out stays. */
export type MessagePatch = Partial<Pick<MessageView, 'state' | 'text' | 'note' | 'citations' | 'jobId' | 'error'>>;

export interface MessagePage {
  /** Oldest first. */
  readonly messages: MessageView[];
  readonly next: string | null;
}

export interface MessageHit {
  readonly messageId: MessageId;
  readonly sessionId: SessionId;
}

export interface Messages {
  /** The newest `limit` messages before the cursor, oldest first within the page. */
  page(sessionId: SessionId, page: PageRequest): MessagePage;
  get(id: MessageId): MessageView | null;
  insert(message: NewMessage): MessageView;
  /** Null when there is no such message. The text of a person's message cannot be changed. */
  update(id: MessageId, patch: MessagePatch, atMs: number): MessageView | null;
  /** The pair that a `messages.send` with this key committed before. */
  findByRequestKey(sessionId: SessionId, requestKey: string): { readonly message: MessageView; readonly answer: MessageView | null } | null;
  /** The message that this answer replies to. */
  questionOf(answerId: MessageId): MessageView | null;
  ofJob(jobId: JobId): MessageView[];
  /** Every message of a chat, oldest first, for the snapshot a synopsis is made of. */
  all(sessionId: SessionId): MessageView[];
  /** Of each chat the text of its newest message with all these words in it, or of its newest one when there is none. */
  textsOf(sessionIds: readonly SessionId[], typed: string): ReadonlyMap<SessionId, string>;
  /** Messages of chats that are there, best match first. */
  search(query: { readonly typed: string; readonly limit: number }): MessageHit[];
}

interface MessageRow {
  readonly n: number;
  readonly id: string;
  readonly sessionId: string;
  readonly role: string;
  readonly state: string;
  readonly text: string;
  readonly note: string | null;
  readonly citations: string;
  readonly documentIds: string;
  readonly jobId: string | null;
  readonly error: string | null;
  readonly createdAtMs: number;
}

const columns = `
  m.n, m.id, m.session_id AS sessionId, m.role, m.state, m.text, m.note, m.citations, m.job_id AS jobId, m.error, m.created_at_ms AS createdAtMs,
  (SELECT json_group_array(document_id ORDER BY position) FROM message_document WHERE message_id = m.id) AS documentIds`;

export const messageStatements = {
  page: `SELECT ${columns} FROM message AS m WHERE m.session_id = @sessionId AND m.n < @before ORDER BY m.n DESC LIMIT @take`,
  ofJob: `SELECT ${columns} FROM message AS m WHERE m.job_id = ? ORDER BY m.n`,
  answer: `SELECT ${columns} FROM message AS m WHERE m.reply_to = ? ORDER BY m.n LIMIT 1`,
  byRequest: `SELECT ${columns} FROM message AS m WHERE m.session_id = ? AND m.request_key = ?`,
  search: `
    SELECT message.id AS messageId, message.session_id AS sessionId
    FROM message_fts JOIN message ON message.n = message_fts.rowid JOIN session ON session.id = message.session_id
    WHERE message_fts MATCH @query AND session.removed_at_ms IS NULL
    ORDER BY message_fts.rank LIMIT @limit`,
  newestOf: `
    SELECT asked.value AS sessionId,
      (SELECT text FROM message WHERE message.session_id = asked.value AND text <> '' ORDER BY n DESC LIMIT 1) AS text
    FROM json_each(@ids) AS asked`,
  newestFound: `
    SELECT message.session_id AS sessionId, message.text, max(message.n) AS n
    FROM message_fts JOIN message ON message.n = message_fts.rowid
    WHERE message_fts MATCH @query AND message.session_id IN (SELECT value FROM json_each(@ids)) GROUP BY message.session_id`,
} as const;

export function createMessages(db: Database): Messages {
  const page = db.prepare<{ sessionId: string; before: number; take: number }, MessageRow>(messageStatements.page);
  const get = db.prepare<[string], MessageRow>(`SELECT ${columns} FROM message AS m WHERE m.id = ?`);
  const ofJob = db.prepare<[string], MessageRow>(messageStatements.ofJob);
  const answer = db.prepare<[string], MessageRow>(messageStatements.answer);
  const question = db.prepare<[string], MessageRow>(
    `SELECT ${columns} FROM message AS m WHERE m.id = (SELECT reply_to FROM message WHERE id = ?)`,
  );
  const byRequest = db.prepare<[string, string], MessageRow>(messageStatements.byRequest);
  const all = db.prepare<[string], MessageRow>(`SELECT ${columns} FROM message AS m WHERE m.session_id = ? ORDER BY m.n`);
  const search = db.prepare<{ query: string; limit: number }, MessageHit>(messageStatements.search);
  const newestOf = db.prepare<{ ids: string }, { sessionId: SessionId; text: string | null }>(messageStatements.newestOf);
  const newestFound = db.prepare<{ ids: string; query: string }, { sessionId: SessionId; text: string }>(messageStatements.newestFound);
  const insert = db.prepare<
    Record<'id' | 'sessionId' | 'role' | 'state' | 'text', string> &
      Record<'note' | 'jobId' | 'replyTo' | 'requestKey', string | null> & { atMs: number }
  >(`
    INSERT INTO message (id, session_id, role, state, text, note, reply_to, job_id, request_key, created_at_ms, updated_at_ms)
    VALUES (@id, @sessionId, @role, @state, @text, @note, @replyTo, @jobId, @requestKey, @atMs, @atMs)`);
  const attach = db.prepare<[string, number, string]>('INSERT INTO message_document (message_id, position, document_id) VALUES (?, ?, ?)');
  const update = db.prepare<
    Record<'id' | 'state' | 'text' | 'citations', string> & Record<'note' | 'jobId' | 'error', string | null> & { atMs: number }
  >(`
    UPDATE message SET state = @state, text = @text, note = @note, citations = @citations, job_id = @jobId, error = @error, updated_at_ms = @atMs
    WHERE id = @id`);
  const putIndex = db.prepare<[string, string]>('INSERT OR REPLACE INTO message_fts (rowid, body) SELECT n, ? FROM message WHERE id = ?');

  function one(row: MessageRow | undefined): MessageView | null {
    return row === undefined ? null : viewOf(row);
  }

  /** Text on its way is not searched: it would be indexed again with every piece that arrives. */
  function indexWhenWhole(id: MessageId, state: MessageView['state'], text: string): void {
    if (state !== 'pending' && state !== 'streaming') putIndex.run(indexText(text), id);
  }

  return {
    page(sessionId, { before, limit }) {
      const found = page.all({ sessionId, before: decodeRowCursor(before) ?? Number.MAX_SAFE_INTEGER, take: limit + 1 });
      const cut = cutPage(found, limit, row => String(row.n));
      return { messages: cut.rows.map(viewOf).reverse(), next: cut.next };
    },
    get: id => one(get.get(id)),
    insert: message =>
      inWriteTransaction(db, () => {
        insert.run({
          id: message.id,
          sessionId: message.sessionId,
          role: message.role,
          state: message.state,
          text: message.text,
          note: message.note,
          replyTo: message.replyTo,
          jobId: message.jobId,
          requestKey: message.requestKey,
          atMs: message.atMs,
        });
        message.documentIds.forEach((documentId, position) => attach.run(message.id, position, documentId));
        indexWhenWhole(message.id, message.state, message.text);
        const row = get.get(message.id);
        if (row === undefined) throw new Error(`Message ${message.id} was inserted and is not there.`);
        return viewOf(row);
      }),
    update: (id, patch, atMs) =>
      inWriteTransaction(db, () => {
        const before = one(get.get(id));
        if (before === null) return null;
        const after = { ...before, ...patch };
        update.run({
          id,
          state: after.state,
          text: after.text,
          note: after.note,
          citations: JSON.stringify(after.citations),
          jobId: after.jobId,
          error: after.error,
          atMs,
        });
        if (after.text !== before.text || after.state !== before.state) indexWhenWhole(id, after.state, after.text);
        return one(get.get(id));
      }),
    findByRequestKey(sessionId, requestKey) {
      const row = byRequest.get(sessionId, requestKey);
      return row === undefined ? null : { message: viewOf(row), answer: one(answer.get(row.id)) };
    },
    questionOf: answerId => one(question.get(answerId)),
    ofJob: jobId => ofJob.all(jobId).map(viewOf),
    all: sessionId => all.all(sessionId).map(viewOf),
    search({ typed, limit }) {
      const query = matchQuery(typed, 'all');
      return query === null ? [] : search.all({ query, limit });
    },
    textsOf(sessionIds, typed) {
      const ids = JSON.stringify(sessionIds);
      const query = matchQuery(typed, 'all');
      // What is found comes later and takes the place of what is only there.
      const rows = [...newestOf.all({ ids }), ...(query === null ? [] : newestFound.all({ ids, query }))];
      return new Map(rows.flatMap(({ sessionId, text }) => (text === null ? [] : [[sessionId, text]])));
    },
  };
}

function viewOf(row: MessageRow): MessageView {
  return messageView.parse({
    id: row.id,
    sessionId: row.sessionId,
    role: row.role,
    state: row.state,
    text: row.text,
    note: row.note,
    citations: storedJson(row.citations),
    documentIds: storedJson(row.documentIds),
    jobId: row.jobId,
    error: row.error,
    createdAtMs: row.createdAtMs,
  });
}
