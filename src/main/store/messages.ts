import type { DocumentId, JobId, MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import { messageView } from '../../shared/domain/session.ts';
import type { Database } from './connection.ts';
import { inUnsyncedTransaction, inWriteTransaction } from './connection.ts';
import { stepsWithModel } from './jobs/used-models.ts';
import { createMessageBranches } from './message-branches.ts';
import type { PageRequest } from './page-cursor.ts';
import { cutPage, decodeRowCursor } from './page-cursor.ts';
import { indexText, matchQuery } from './search-words.ts';
import { storedJson } from './stored-json.ts';

export interface NewMessage extends Omit<
  MessageView,
  'citations' | 'documentIds' | 'createdAtMs' | 'error' | 'branch' | 'model' | 'sources'
> {
  readonly documentIds: readonly DocumentId[];
  /** The person's message this one answers; null for one of the person, and for what the program says by itself. */
  readonly replyTo: MessageId | null;
  /** The question whose place this one takes; without it a question follows the branch that is shown. */
  readonly inPlaceOf?: MessageId;
  readonly requestKey: string | null;
  readonly atMs: number;
}

/** What may change of a message; what is left out stays. */
export type MessagePatch = Partial<Pick<MessageView, 'state' | 'text' | 'note' | 'citations' | 'jobId' | 'error' | 'sources'>>;

/** An answer on its way: being written, or put off with the text it has. */
export interface AnswerText {
  readonly id: MessageId;
  readonly text: string;
  readonly state: 'pending' | 'streaming';
}

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
  /** The newest `limit` shown messages before the cursor, oldest first within the page. */
  page(sessionId: SessionId, page: PageRequest): MessagePage;
  get(id: MessageId): MessageView | null;
  /** The message if the branch that it is in is shown. */
  getShown(id: MessageId): MessageView | null;
  /** Another answer to the same question, or a question in the place of another, is shown in the place of that. */
  insert(message: NewMessage): MessageView;
  /** Null when there is no such message. The text of a person's message cannot be changed. */
  update(id: MessageId, patch: MessagePatch, atMs: number): MessageView | null;
  /** The text of answers as far as it has come. A power loss may undo it: what is final is written by `update`. */
  keep(texts: readonly AnswerText[], atMs: number): void;
  /** Nothing is being written: what the program was writing when it ended is on its way again. Returns how many. */
  noneStreaming(): number;
  /** Shows the branch that the message is in; false where it is in none. */
  showBranch(id: MessageId): boolean;
  /** Answers to questions of the shown branch that are under way. */
  underWay(sessionId: SessionId): MessageView[];
  /** The pair that a `messages.send` with this key committed before. */
  findByRequestKey(sessionId: SessionId, requestKey: string): { readonly message: MessageView; readonly answer: MessageView | null } | null;
  /** The message that this answer replies to. */
  questionOf(answerId: MessageId): MessageView | null;
  ofJob(jobId: JobId): MessageView[];
  /** Every shown message of a chat, oldest first, for the snapshot a synopsis is made of. */
  shown(sessionId: SessionId): MessageView[];
  /**
   * The last `limit` messages with a text that a model is to know, oldest first: of the branch that ends with `upTo`, and results
   * of background work before it; of the whole chat as it is shown for null.
   */
  conversation(sessionId: SessionId, upTo: MessageId | null, limit: number): Pick<MessageView, 'id' | 'role' | 'text'>[];
  /** Of each chat the text of its newest shown message with all these words in it, or of its newest one when there is none. */
  textsOf(sessionIds: readonly SessionId[], typed: string): ReadonlyMap<SessionId, string>;
  /** Shown messages of chats that are there, best match first. */
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
  readonly sources: string;
  readonly beside: string;
  readonly model: string | null;
  readonly documentIds: string;
  readonly jobId: string | null;
  readonly error: string | null;
  readonly createdAtMs: number;
}

/** The model that writes a message: as its job's last step recorded it, and once the job is gone as it was kept with the message. */
const modelOf = (message: string): string => `
  CASE WHEN ${message}.role = 'assistant' AND (${message}.note IS NULL OR ${message}.note = 'background_ready') THEN coalesce(
    (SELECT CASE WHEN provider.id IS NOT NULL THEN json_object('provider', provider.name, 'modelId', step.output ->> '$.model.modelId') END
      FROM job_step AS step LEFT JOIN provider ON provider.id = step.output ->> '$.model.providerId'
      WHERE ${stepsWithModel(`${message}.job_id`)} ORDER BY step.seq DESC LIMIT 1),
    ${message}.model)
  END`;

const columns = `
  m.n, m.id, m.session_id AS sessionId, m.role, m.state, m.text, m.note, m.citations, m.sources, m.job_id AS jobId, m.error, m.created_at_ms AS createdAtMs,
  (SELECT json_group_array(document_id ORDER BY position) FROM message_document WHERE message_id = m.id) AS documentIds,
  CASE
    WHEN m.follows IS NOT NULL THEN (SELECT json_group_array(id ORDER BY n) FROM message WHERE follows = m.follows AND role = m.role)
    WHEN m.role = 'person' THEN (SELECT json_group_array(id ORDER BY n) FROM message WHERE session_id = m.session_id AND follows IS NULL AND role = 'person')
    ELSE '[]'
  END AS beside,
  ${modelOf('m')} AS model`;

/** What a model is to know of a message: words of the person, answers, and results of background work. */
const told = "text <> '' AND state NOT IN ('pending', 'streaming') AND (role = 'person' OR note IS NULL OR note <> 'background_started')";

export const messageStatements = {
  page: `SELECT ${columns} FROM message AS m WHERE m.session_id = @sessionId AND m.is_shown = 1 AND m.n < @before ORDER BY m.n DESC LIMIT @take`,
  ofJob: `SELECT ${columns} FROM message AS m WHERE m.job_id = ? ORDER BY m.n`,
  answer: `SELECT ${columns} FROM message AS m WHERE m.follows = ? AND m.role = 'assistant' ORDER BY m.n LIMIT 1`,
  byRequest: `SELECT ${columns} FROM message AS m WHERE m.session_id = ? AND m.request_key = ?`,
  search: `
    SELECT message.id AS messageId, message.session_id AS sessionId
    FROM message_fts JOIN message ON message.n = message_fts.rowid JOIN session ON session.id = message.session_id
    WHERE message_fts MATCH @query AND session.removed_at_ms IS NULL AND message.is_shown = 1
    ORDER BY message_fts.rank LIMIT @limit`,
  shown: `SELECT ${columns} FROM message AS m WHERE m.session_id = ? AND m.is_shown = 1 ORDER BY m.n`,
  conversationOfAll: `
    SELECT id, role, text FROM message WHERE session_id = @sessionId AND is_shown = 1 AND ${told} ORDER BY n DESC LIMIT @limit`,
  conversation: `
    WITH RECURSIVE above (id, follows) AS (
      SELECT id, follows FROM message WHERE id = @upTo
      UNION ALL
      SELECT message.id, message.follows FROM above JOIN message ON message.id = above.follows)
    SELECT id, role, text FROM message
    WHERE session_id = @sessionId AND n <= (SELECT n FROM message WHERE id = @upTo) AND ${told}
      AND (id IN (SELECT id FROM above) OR role = 'assistant' AND follows IS NULL)
    ORDER BY n DESC LIMIT @limit`,
  underWay: `
    SELECT ${columns} FROM message AS m
    WHERE m.session_id = ? AND m.state IN ('pending', 'streaming') AND m.is_shown = 1 AND m.follows IS NOT NULL`,
  noneStreaming: "UPDATE message SET state = 'pending' WHERE state IN ('pending', 'streaming') AND state = 'streaming'",
  newestOf: `
    SELECT asked.value AS sessionId,
      (SELECT text FROM message WHERE message.session_id = asked.value AND is_shown = 1 AND text <> '' ORDER BY n DESC LIMIT 1) AS text
    FROM json_each(@ids) AS asked`,
  newestFound: `
    SELECT message.session_id AS sessionId, message.text, max(message.n) AS n
    FROM message_fts JOIN message ON message.n = message_fts.rowid
    WHERE message_fts MATCH @query AND message.is_shown = 1 AND message.session_id IN (SELECT value FROM json_each(@ids)) GROUP BY message.session_id`,
} as const;

export function createMessages(db: Database): Messages {
  const page = db.prepare<{ sessionId: string; before: number; take: number }, MessageRow>(messageStatements.page);
  const get = db.prepare<[string], MessageRow>(`SELECT ${columns} FROM message AS m WHERE m.id = ?`);
  const ofJob = db.prepare<[string], MessageRow>(messageStatements.ofJob);
  const answer = db.prepare<[string], MessageRow>(messageStatements.answer);
  const question = db.prepare<[string], MessageRow>(
    `SELECT ${columns} FROM message AS m WHERE m.id = (SELECT follows FROM message WHERE id = ? AND role = 'assistant')`,
  );
  const byRequest = db.prepare<[string, string], MessageRow>(messageStatements.byRequest);
  const shown = db.prepare<[string], MessageRow>(messageStatements.shown);
  type Told = Pick<MessageView, 'id' | 'role' | 'text'>;
  const conversation = db.prepare<{ sessionId: string; upTo: string; limit: number }, Told>(messageStatements.conversation);
  const conversationOfAll = db.prepare<{ sessionId: string; limit: number }, Told>(messageStatements.conversationOfAll);
  const underWay = db.prepare<[string], MessageRow>(messageStatements.underWay);
  const noneStreaming = db.prepare(messageStatements.noneStreaming);
  const keep = db.prepare<AnswerText & { readonly atMs: number }>(
    "UPDATE message SET text = @text, state = @state, updated_at_ms = @atMs WHERE id = @id AND state IN ('pending', 'streaming')",
  );
  const branches = createMessageBranches(db);
  const isBesideAnother = db.prepare<{ follows: string | null; sessionId: string; role: string; id: string }, { found: 1 }>(`
    SELECT 1 AS found FROM message WHERE follows = @follows AND role = @role AND id <> @id
    UNION ALL
    SELECT 1 FROM message WHERE @follows IS NULL AND @role = 'person' AND session_id = @sessionId AND follows IS NULL AND role = 'person' AND id <> @id
    LIMIT 1`);
  const search = db.prepare<{ query: string; limit: number }, MessageHit>(messageStatements.search);
  const newestOf = db.prepare<{ ids: string }, { sessionId: SessionId; text: string | null }>(messageStatements.newestOf);
  const newestFound = db.prepare<{ ids: string; query: string }, { sessionId: SessionId; text: string }>(messageStatements.newestFound);
  const insert = db.prepare<
    Record<'id' | 'sessionId' | 'role' | 'state' | 'text', string> &
      Record<'note' | 'jobId' | 'follows' | 'requestKey', string | null> & { atMs: number }
  >(`
    INSERT INTO message (id, session_id, role, state, text, note, follows, job_id, request_key, created_at_ms, updated_at_ms)
    VALUES (@id, @sessionId, @role, @state, @text, @note, @follows, @jobId, @requestKey, @atMs, @atMs)`);
  const hide = db.prepare<[string]>('UPDATE message SET is_chosen = 0, is_shown = 0 WHERE id = ?');
  const isShown = db.prepare<[string], { isShown: 0 | 1 }>('SELECT is_shown AS isShown FROM message WHERE id = ?');
  const attach = db.prepare<[string, number, string]>('INSERT INTO message_document (message_id, position, document_id) VALUES (?, ?, ?)');
  const update = db.prepare<
    Record<'id' | 'state' | 'text' | 'citations' | 'sources', string> & Record<'note' | 'jobId' | 'error', string | null> & { atMs: number }
  >(`
    UPDATE message SET state = @state, text = @text, note = @note, citations = @citations, sources = @sources, job_id = @jobId, error = @error, updated_at_ms = @atMs,
      model = ${modelOf('message')}
    WHERE id = @id`);
  const putIndex = db.prepare<[string, string]>('INSERT OR REPLACE INTO message_fts (rowid, body) SELECT n, ? FROM message WHERE id = ?');

  function one(row: MessageRow | undefined): MessageView | null {
    return row === undefined ? null : viewOf(row);
  }

  /** A question follows what was said last, or what the question followed whose place it takes. */
  function placeOf({ role, replyTo, inPlaceOf, sessionId }: NewMessage): MessageId | null {
    if (role === 'assistant') return replyTo;
    return inPlaceOf === undefined ? branches.end(sessionId) : branches.placeOf(inPlaceOf);
  }

  /** Shown as it is unless there is another in its place, or what it follows is not shown. */
  function putInBranch({ id, sessionId, role }: NewMessage, follows: MessageId | null): void {
    if (role === 'assistant' && follows === null) return;
    const isHiddenBelow = follows !== null && isShown.get(follows)?.isShown === 0;
    if (!isHiddenBelow && isBesideAnother.get({ follows, sessionId, role, id }) === undefined) return;
    hide.run(id);
    branches.show(id);
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
    getShown: id => (isShown.get(id)?.isShown === 1 ? one(get.get(id)) : null),
    insert: message =>
      inWriteTransaction(db, () => {
        const follows = placeOf(message);
        insert.run({
          id: message.id,
          sessionId: message.sessionId,
          role: message.role,
          state: message.state,
          text: message.text,
          note: message.note,
          follows,
          jobId: message.jobId,
          requestKey: message.requestKey,
          atMs: message.atMs,
        });
        message.documentIds.forEach((documentId, position) => attach.run(message.id, position, documentId));
        putInBranch(message, follows);
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
          sources: JSON.stringify(after.sources ?? []),
          jobId: after.jobId,
          error: after.error,
          atMs,
        });
        if (after.text !== before.text || after.state !== before.state) indexWhenWhole(id, after.state, after.text);
        return one(get.get(id));
      }),
    keep(texts, atMs) {
      inUnsyncedTransaction(db, () => {
        for (const text of texts) keep.run({ ...text, atMs });
      });
    },
    noneStreaming: () => inWriteTransaction(db, () => noneStreaming.run().changes),
    showBranch: id => inWriteTransaction(db, () => branches.show(id)),
    underWay: sessionId => underWay.all(sessionId).map(viewOf),
    findByRequestKey(sessionId, requestKey) {
      const row = byRequest.get(sessionId, requestKey);
      return row === undefined ? null : { message: viewOf(row), answer: one(answer.get(row.id)) };
    },
    questionOf: answerId => one(question.get(answerId)),
    ofJob: jobId => ofJob.all(jobId).map(viewOf),
    shown: sessionId => shown.all(sessionId).map(viewOf),
    conversation: (sessionId, upTo, limit) =>
      (upTo === null ? conversationOfAll.all({ sessionId, limit }) : conversation.all({ sessionId, upTo, limit })).reverse(),
    search({ typed, limit }) {
      const query = matchQuery(typed);
      return query === null ? [] : search.all({ query, limit });
    },
    textsOf(sessionIds, typed) {
      const ids = JSON.stringify(sessionIds);
      const query = matchQuery(typed);
      // What is found comes later and takes the place of what is only there.
      const rows = [...newestOf.all({ ids }), ...(query === null ? [] : newestFound.all({ ids, query }))];
      return new Map(rows.flatMap(({ sessionId, text }) => (text === null ? [] : [[sessionId, text]])));
    },
  };
}

function viewOf(row: MessageRow): MessageView {
  const beside = storedJson(row.beside);
  const sources = storedJson(row.sources);
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
    ...(Array.isArray(beside) && beside.length > 1 ? { branch: { index: beside.indexOf(row.id), count: beside.length, ids: beside } } : {}),
    ...(row.model === null ? {} : { model: storedJson(row.model) }),
    ...(Array.isArray(sources) && sources.length > 0 ? { sources } : {}),
  });
}
