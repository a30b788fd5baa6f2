import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as chatBranches } from './0130-chat-branches.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

const before = migrations.filter(({ version }) => version < chatBranches.version);
const id = (n: number) => `01920000-0000-7000-8000-00000000000${n}`;
const chat = id(9);

/** A conversation of two turns with the word of a synopsis between them, and a question that nobody has answered. */
function conversation(): void {
  db.prepare('INSERT INTO session (id, created_at_ms, updated_at_ms) VALUES (?, 1, 1)').run(chat);
  db.prepare("INSERT INTO document (id, session_id, title, origin, state, added_at_ms) VALUES (?, ?, 'd', '{}', 'importing', 1)").run(
    id(8),
    chat,
  );
  const insert = db.prepare(`
    INSERT INTO message (id, session_id, role, state, text, note, reply_to, request_key, created_at_ms, updated_at_ms)
    VALUES (@id, @chat, @role, @state, @text, @note, @replyTo, NULL, 1, 1)`);
  const put = (n: number, role: string, text: string, replyTo: number | null = null, note: string | null = null) =>
    insert.run({ id: id(n), chat, role, state: 'completed', text, note, replyTo: replyTo === null ? null : id(replyTo) });
  put(1, 'person', 'первый');
  put(2, 'assistant', 'ответ', 1);
  put(3, 'assistant', '', null, 'synopsis_ready');
  put(4, 'person', 'второй');
  put(5, 'assistant', 'ответ два', 4);
  put(6, 'person', 'третий');
  db.prepare('INSERT INTO message_document (message_id, position, document_id) VALUES (?, 0, ?)').run(id(4), id(8));
  db.prepare("INSERT INTO message_fts (rowid, body) SELECT n, 'второй' FROM message WHERE id = ?").run(id(4));
}

test('a conversation becomes one branch, all of it shown, with its documents and its places in the index', () => {
  migrate(db, before, () => undefined);
  conversation();
  migrate(db, [...before, chatBranches], () => undefined);
  // What reads it today knows the columns of later ones, too.
  migrate(db, migrations, () => undefined);
  const rows = db.prepare('SELECT id, text, follows, is_chosen, is_shown FROM message ORDER BY n').all();
  const row = (n: number, text: string, follows: number | null) => ({
    id: id(n),
    text,
    follows: follows === null ? null : id(follows),
    is_chosen: 1,
    is_shown: 1,
  });
  expect(rows).toEqual([
    row(1, 'первый', null),
    row(2, 'ответ', 1),
    row(3, '', null),
    row(4, 'второй', 2),
    row(5, 'ответ два', 4),
    row(6, 'третий', 5),
  ]);
  expect(db.prepare('SELECT message_id, document_id FROM message_document').all()).toEqual([{ message_id: id(4), document_id: id(8) }]);
  expect(
    db.prepare("SELECT message.id FROM message_fts JOIN message ON message.n = message_fts.rowid WHERE message_fts MATCH 'второй'").all(),
  ).toEqual([{ id: id(4) }]);
});

test('what the table kept safe it still keeps safe', () => {
  migrate(db, before, () => undefined);
  conversation();
  migrate(db, [...before, chatBranches], () => undefined);
  // What reads it today knows the columns of later ones, too.
  migrate(db, migrations, () => undefined);
  expect(() => db.prepare("UPDATE message SET text = 'x' WHERE id = ?").run(id(1))).toThrow(/never edited/u);
  expect(() => db.prepare('DELETE FROM message WHERE id = ?').run(id(1))).toThrow(/FOREIGN KEY/u);
  expect(() => db.prepare('UPDATE message SET is_chosen = 0 WHERE id = ?').run(id(2))).toThrow(/CHECK/u);
  expect(() => db.prepare("UPDATE message SET note = 'other' WHERE id = ?").run(id(3))).toThrow(/CHECK/u);
  db.prepare("UPDATE message SET note = 'background_ready' WHERE id = ?").run(id(3));
});
