import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDatabaseFile } from '../../../src/main/store/backup-file.ts';
import { listBackups } from '../../../src/main/store/backups.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { indexSnapshot } from '../../../src/main/store/index-snapshot.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import { createReader, ReaderError } from '../../../src/main/store/reader.ts';
import type { Store } from '../../../src/main/store/store.ts';
import type { SessionId } from '../../../src/shared/domain/ids.ts';
import type { Snapshot } from '../../../src/shared/domain/snapshot.ts';
import {
  addDocument,
  addMessage,
  addSession,
  addSnapshot,
  hashOf,
  newId,
  noonMs,
  open,
  readerEntry,
  snapshotOf,
  testFolder,
} from './store-fixture.ts';
import type { TestFolder } from './store-fixture.ts';
import { newJob } from '../../support/new-job.ts';

let folder: TestFolder;
let opened: OpenedStore;
let store: Store;
beforeEach(() => {
  folder = testFolder();
  opened = open(folder.root);
  store = opened.store;
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

const parts = (): Parameters<typeof indexSnapshot>[0] => ({ snapshots: store.snapshots, passages: store.passages, reader: opened.reader });

async function addReady(session: SessionId, title: string, snapshot: Snapshot): Promise<void> {
  const id = addDocument(store, session, title);
  await addSnapshot(store, snapshot);
  await indexSnapshot(parts(), snapshot.hash);
  store.documents.finish(id, { format: 'text', title: null, snapshotHash: snapshot.hash, original: null, byteCount: 1, warnings: [] });
}

/** Long enough that each is a passage of its own. */
const filler = (about: string): string => `${about} ${'Обычное предложение без особых слов. '.repeat(20)}`.trim();

describe('passage search', () => {
  test('finds any form of the word, with its place, its context and the best first', async () => {
    const session = addSession(store);
    const snapshot = snapshotOf(
      [filler('Вступление.'), filler('Преподаватель раздал конспекты, и каждый остался с конспектом.'), filler('Ёлка стоит в зале.')],
      3,
    );
    await addReady(session, 'Лекция', snapshot);
    const [hit, ...rest] = (await opened.reader.searchPassages({ sessionId: session, query: 'где конспекта?', limit: 5 })).passages;
    expect(rest).toEqual([]);
    expect(hit).toMatchObject({ source: { kind: 'document' }, title: 'Лекция', snapshotHash: snapshot.hash, page: 3 });
    expect(hit?.text).toBe(snapshot.text.slice(hit?.start, hit?.end));
    expect(hit?.text.startsWith('Преподаватель')).toBe(true);
    expect(hit?.prefix).toBe(snapshot.text.slice((hit?.start ?? 0) - 64, hit?.start));
    expect((await opened.reader.searchPassages({ sessionId: session, query: 'елку', limit: 5 })).passages).toMatchObject([
      { snapshotHash: snapshot.hash },
    ]);
    expect((await opened.reader.searchPassages({ sessionId: session, query: '"* OR (', limit: 5 })).passages).toEqual([]);
  });

  test('covers this session alone: its ready documents and its chat, each text once', async () => {
    const [mine, other] = [addSession(store, { title: 'Мой чат' }), addSession(store)];
    const text = snapshotOf([filler('Квантовая запутанность.')]);
    await addReady(mine, 'Первый', text);
    await addReady(mine, 'Он же', text);
    await addReady(other, 'Чужой', snapshotOf([filler('Квантовая механика.')]));
    const removed = addDocument(store, mine, 'Убран');
    await addSnapshot(store, snapshotOf([filler('Квантовый компьютер.')]));
    store.documents.remove(removed, noonMs);
    const chat = snapshotOf([filler('В чате: квантовый кот.')]);
    await addSnapshot(store, chat);
    await indexSnapshot(parts(), chat.hash);
    store.sessions.setChatSnapshot(mine, chat.hash);
    const hits = (await opened.reader.searchPassages({ sessionId: mine, query: 'квантовые', limit: 9 })).passages;
    expect(new Set(hits.map(hit => `${hit.source.kind} ${hit.title}`))).toEqual(new Set(['document Первый', 'chat Мой чат']));
    expect(store.sessions.chatSnapshot(mine)).toBe(chat.hash);
  });

  test('goes on without a text that is damaged or gone, and says which', async () => {
    const session = addSession(store);
    const [whole, rotten, gone] = ['Целый', 'Гнилой', 'Пропавший'].map(name => snapshotOf([filler(`${name} якорь.`)]));
    if (whole === undefined || rotten === undefined || gone === undefined) throw new Error('Three texts were made.');
    for (const snapshot of [whole, rotten, gone]) await addReady(session, 'a', snapshot);
    const fileOf = (hash: typeof whole.hash) => store.artifacts.files.path(store.snapshots.get(hash)?.artifact ?? hash);
    writeFileSync(fileOf(rotten.hash), 'not json');
    rmSync(fileOf(gone.hash));
    // The thread has the texts in memory; a new one reads the files.
    const reader = createReader(readerEntry, opened.folder);
    const found = await reader.searchPassages({ sessionId: session, query: 'якорь', limit: 9 });
    await reader.close();
    expect(found.passages.map(hit => hit.snapshotHash)).toEqual([whole.hash]);
    expect(new Set(found.damaged)).toEqual(new Set([rotten.hash, gone.hash]));
  });

  test('words in any order rank a fuller match first', async () => {
    const session = addSession(store);
    await addReady(session, 'a', snapshotOf([filler('Теорема.'), filler('Доказательство теоремы Ферма.')]));
    const hits = (await opened.reader.searchPassages({ sessionId: session, query: 'доказательство теоремы ферма', limit: 9 })).passages;
    expect(hits.map(hit => hit.text.slice(0, 8))).toEqual(['Доказате', 'Теорема.']);
  });
});

describe('indexing', () => {
  test('what a kill interrupted is listed, taken up again and done once', async () => {
    const snapshot = snapshotOf(Array.from({ length: 90 }, (_, at) => filler(`Глава ${at}, слово уникум${at}.`)));
    await addSnapshot(store, snapshot);
    const broken = {
      ...parts(),
      passages: {
        ...store.passages,
        insertSlice: (...args: Parameters<typeof store.passages.insertSlice>): void => {
          if (args[1] > 0) throw new Error('killed');
          store.passages.insertSlice(...args);
        },
      },
    };
    await expect(indexSnapshot(broken, snapshot.hash)).rejects.toThrow('killed');
    expect(store.snapshots.unindexed(9).map(head => head.hash)).toEqual([snapshot.hash]);
    await Promise.all([indexSnapshot(parts(), snapshot.hash), indexSnapshot(parts(), snapshot.hash)]);
    expect(store.snapshots.unindexed(9)).toEqual([]);
    const counts = opened.connection
      .prepare(
        'SELECT (SELECT count(*) FROM passage) AS rows, (SELECT count(*) FROM passage_fts WHERE passage_fts MATCH \'"слов"\') AS found',
      )
      .get();
    expect(counts).toEqual({ rows: 90, found: 90 });
  });

  test('the index still points at its rows in a backup', async () => {
    const session = addSession(store);
    await addReady(session, 'a', snapshotOf([filler('Первый.')]));
    opened.connection.exec('DELETE FROM passage_fts; UPDATE snapshot SET passage_count = NULL; DELETE FROM passage;');
    const snapshot = snapshotOf([filler('Вступление.'), filler('Экзистенциализм.')]);
    await addReady(session, 'b', snapshot);
    await opened.backup('timed');
    const [backup] = listBackups(join(folder.root, 'backups'));
    const reader = createReader(new URL('../../../src/main/store/reader-thread.ts', import.meta.url), {
      ...opened.folder,
      database: backup?.file ?? '',
    });
    expect((await reader.searchPassages({ sessionId: session, query: 'экзистенциализма', limit: 5 })).passages).toMatchObject([
      { snapshotHash: snapshot.hash },
    ]);
    await reader.close();
  });

  test('a text that is not what its hash says is refused', async () => {
    const snapshot = { ...snapshotOf(['Настоящий текст.']), hash: hashOf('Другой текст.') };
    await addSnapshot(store, snapshot);
    await expect(indexSnapshot(parts(), snapshot.hash)).rejects.toMatchObject({ kind: 'SnapshotDamagedError', code: 'snapshot_damaged' });
    expect(store.snapshots.isIndexed(snapshot.hash)).toBe(false);
  });
});

describe('sources', () => {
  test('are read by whole segments and found by offset', async () => {
    const snapshot = snapshotOf(['Один.', 'Два.', 'Три.'], 1);
    await addSnapshot(store, snapshot);
    const page = await opened.reader.readSegments({ snapshotHash: snapshot.hash, from: 1, limit: 5 });
    expect(page).toMatchObject({
      total: 3,
      pageCount: 1,
      segments: [
        { index: 1, text: 'Два.' },
        { index: 2, text: 'Три.' },
      ],
    });
    const at = async (offset: number): Promise<number | undefined> =>
      (await opened.reader.locateSegment({ snapshotHash: snapshot.hash, offset }))?.index;
    expect([await at(0), await at(4), await at(5), await at(8), await at(snapshot.text.length - 1), await at(9_999)]).toEqual([
      0,
      0,
      1,
      1,
      2,
      undefined,
    ]);
    expect(await opened.reader.readSegments({ snapshotHash: hashOf('нет'), from: 0, limit: 1 })).toBeNull();
  });
});

describe('the reader thread', () => {
  test('searches chats and messages beside the writer', async () => {
    const session = addSession(store, { title: 'Дневник' });
    addMessage(store, session, 'Купить билеты в театр');
    expect(await opened.reader.searchSessions({ before: null, limit: 5, search: 'билет', withSnippets: false })).toMatchObject({
      sessions: [{ id: session }],
      next: null,
    });
    const withFile = addSession(store, { title: 'Другое' });
    addDocument(store, withFile, 'Годовой отчёт завода.pdf');
    for (const search of ['отчёты', 'отче', 'завод годового'])
      expect(
        (await opened.reader.searchSessions({ before: null, limit: 5, search, withSnippets: false })).sessions.map(({ id }) => id),
        search,
      ).toEqual([withFile]);
    expect((await opened.reader.searchSessions({ before: null, limit: 5, search: 'отчёт фабрики', withSnippets: false })).sessions).toEqual(
      [],
    );
    expect(await opened.reader.searchMessages({ typed: 'театра', limit: 5 })).toMatchObject([{ sessionId: session }]);
    expect(await opened.reader.searchSynopses({ before: null, limit: 5, search: '', withSnippets: false })).toEqual({
      synopses: [],
      next: null,
    });
    expect(await opened.reader.integrityCheck()).toEqual([]);
  });

  test('shows where a chat has the words: in its newest such message, a document’s title, or not beyond its own', async () => {
    const asked = { before: null, limit: 5, withSnippets: true };
    const said = addSession(store, { title: 'Дневник театра' });
    for (const text of ['Билеты в театр куплены', 'Театр закрыт', 'Дома']) addMessage(store, said, text);
    const filed = addSession(store, { title: 'Другое' });
    addMessage(store, filed, 'Привет');
    addDocument(store, filed, 'Театральный отчёт.pdf');
    addSession(store, { title: 'Театр пустой' });
    const { sessions, snippets } = await opened.reader.searchSessions({ ...asked, search: 'театр' });
    expect(sessions).toHaveLength(3);
    expect(new Map(snippets?.map(({ sessionId, snippet }) => [sessionId, snippet]))).toEqual(
      new Map([
        [said, { text: 'Театр закрыт', marks: [{ start: 0, end: 5 }] }],
        [filed, { text: 'Театральный отчёт.pdf', marks: [{ start: 0, end: 11 }] }],
      ]),
    );
    expect((await opened.reader.searchSessions({ ...asked, search: 'дневник' })).snippets).toEqual([
      { sessionId: said, snippet: { text: 'Дома', marks: [] } },
    ]);
  });

  test('searches jobs beside the writer, with a sentence for a page that begins nowhere', async () => {
    const jobs = createJobRepository(opened.connection);
    const id = newId.job();
    jobs.insert([newJob(id, { kind: 'document.import', title: 'Отчёт о складе' })]);
    const search = (typed: string, before: string | null = null) =>
      opened.reader.searchJobs({ group: null, search: typed, before, limit: 5 });
    expect(await search('СКЛАД')).toMatchObject({ jobs: [{ id }], next: null });
    expect(await search('нет такого')).toEqual({ jobs: [], next: null });
    await expect(search('склад', 'nowhere')).rejects.toMatchObject({ code: 'bad_cursor' });
  });

  test('a backup is verified and holds what was committed', async () => {
    addSession(store, { title: 'В копию' });
    await opened.backup('timed');
    const [backup] = listBackups(join(folder.root, 'backups'));
    expect(backup).toMatchObject({ reason: 'timed', takenAtMs: noonMs });
    expect(checkDatabaseFile(backup?.file ?? '')).toEqual({ ok: true, schema: backup?.schema });
  });

  test('an error comes back with its name, and the thread goes on', async () => {
    const lost = opened.reader.writeBackup(join(folder.root, 'absent', 'x.db'));
    await expect(lost).rejects.toThrow(ReaderError);
    await expect(lost).rejects.toMatchObject({ kind: 'BackupFailedError', code: 'backup_failed' });
    expect(await opened.reader.integrityCheck()).toEqual([]);
  });

  test('a thread that dies rejects what it was asked, and the next request starts another', async () => {
    const entry = join(folder.root, 'dies-once.mjs');
    const marker = join(folder.root, 'died');
    const real = new URL('../../../src/main/store/reader-thread.ts', import.meta.url).href;
    writeFileSync(
      entry,
      `import { existsSync, writeFileSync } from 'node:fs';
if (existsSync(${JSON.stringify(marker)})) await import(${JSON.stringify(real)});
else { writeFileSync(${JSON.stringify(marker)}, ''); process.exit(3); }`,
    );
    const reader = createReader(new URL(`file://${entry}`), opened.folder);
    await expect(reader.integrityCheck()).rejects.toMatchObject({ code: 'reader_lost' });
    expect(await reader.integrityCheck()).toEqual([]);
    await reader.close();
    await expect(reader.integrityCheck()).rejects.toMatchObject({ code: 'closed' });
  });
});
