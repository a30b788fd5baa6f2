import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArtifactHashError, StagedFileError } from '../../../src/main/store/artifact-files.ts';
import { artifactGraceMs } from '../../../src/main/store/artifacts.ts';
import type { Store } from '../../../src/main/store/store.ts';
import { createStaging, openUploadLimit } from '../../../src/main/store/staging.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import type { Sha256 } from '../../../src/shared/domain/ids.ts';
import { newJob } from '../../support/new-job.ts';
import { addSession, hashOf, newId, noonMs, plainStore, testFolder } from './store-fixture.ts';
import type { PlainStore, TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
let store: Store;
let staging: string;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
  store = plain.store;
  staging = join(folder.root, 'staging');
});
afterEach(async () => {
  await store.staging.close();
  plain.close();
  folder.remove();
});

/** Ten days before `noonMs`, past every grace. */
const longAgo = new Date(noonMs - artifactGraceMs - 86_400_000);
function makeOld(sha256: Sha256): void {
  utimesSync(store.artifacts.files.path(sha256), longAgo, longAgo);
}

test('uploads that a window left behind give way to new ones', async () => {
  let nowMs = 0;
  const patient = createStaging(staging, () => nowMs);
  const begin = () => patient.beginUpload({ name: 'a.txt', byteCount: 5 });
  for (let open = 0; open < openUploadLimit; open += 1) await begin();
  await expect(begin()).rejects.toMatchObject({ code: 'too_many_uploads' });
  nowMs = 11 * 60_000;
  const uploadId = await begin();
  expect(await patient.appendUpload(uploadId, 0, Buffer.from('текст').subarray(0, 5))).toBe(5);
  await patient.close();
  expect(readdirSync(staging)).toEqual([]);
});

describe('a staged file', () => {
  const announced = { sha256: hashOf('тайна'), byteCount: 10 };

  test.skipIf(process.platform === 'win32')('that is a link is not followed', async () => {
    const outside = join(folder.root, 'outside.txt');
    writeFileSync(outside, 'тайна');
    symlinkSync(outside, join(staging, 'link'));
    await expect(store.artifacts.files.adopt(join(staging, 'link'), announced)).rejects.toThrow(StagedFileError);
    expect(readFileSync(outside, 'utf8')).toBe('тайна');
    expect(existsSync(store.artifacts.files.path(announced.sha256))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('that is a pipe is not waited for', async () => {
    execFileSync('mkfifo', [join(staging, 'pipe')]);
    await expect(store.artifacts.files.adopt(join(staging, 'pipe'), announced)).rejects.toThrow(StagedFileError);
  });

  test('of another length than announced is not read', async () => {
    truncateSync(makeFile(join(staging, 'sparse')), 2 ** 40);
    await expect(store.artifacts.files.adopt(join(staging, 'sparse'), announced)).rejects.toThrow(StagedFileError);
  });

  test('may not be a folder', async () => {
    await expect(store.artifacts.files.adopt(join(staging, '..'), announced)).rejects.toThrow(StagedFileError);
  });

  function makeFile(path: string): string {
    writeFileSync(path, 'тайна');
    return path;
  }
});

describe('artifact files', () => {
  test('are named by their bytes, stored once', async () => {
    const stored = await store.artifacts.files.put(Buffer.from('текст'));
    expect(stored).toEqual({ sha256: hashOf('текст'), byteCount: 10 });
    expect(
      await store.artifacts.files.put(
        (async function* pieces() {
          yield Buffer.from('те');
          yield Buffer.from('кст');
        })(),
      ),
    ).toEqual(stored);
    const path = store.artifacts.files.path(stored.sha256);
    expect(path).toBe(join(folder.root, 'artifacts', stored.sha256.slice(0, 2), stored.sha256));
    expect(readFileSync(path, 'utf8')).toBe('текст');
    expect(readdirSync(staging)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('can be read by the person alone', async () => {
    const { sha256 } = await store.artifacts.files.put(Buffer.from('текст'));
    expect(statSync(store.artifacts.files.path(sha256)).mode & 0o777).toBe(0o600);
  });

  test('a source that breaks off leaves nothing', async () => {
    const broken = (async function* pieces() {
      yield Buffer.from('нача');
      throw new Error('cut');
    })();
    await expect(store.artifacts.files.put(broken)).rejects.toThrow('cut');
    expect(readdirSync(staging)).toEqual([]);
  });

  test('a staged file is adopted only when it is what it says', async () => {
    const staged = join(store.staging.folderOf(newId.job()), 'snapshot.json');
    writeFileSync(staged, 'содержимое');
    await expect(store.artifacts.files.adopt(staged, { sha256: hashOf('другое'), byteCount: 20 })).rejects.toThrow(ArtifactHashError);
    expect(existsSync(staged)).toBe(true);
    await store.artifacts.files.adopt(staged, { sha256: hashOf('содержимое'), byteCount: 20 });
    expect(existsSync(staged)).toBe(false);
    expect(store.artifacts.files.isWhole(hashOf('содержимое'), 20)).toBe(true);
  });

  test('a stored file that was cut short is replaced by the whole one', async () => {
    const { sha256, byteCount } = await store.artifacts.files.put(Buffer.from('содержимое'));
    writeFileSync(store.artifacts.files.path(sha256), 'сод');
    expect(store.artifacts.files.isWhole(sha256, byteCount)).toBe(false);
    await store.artifacts.files.put(Buffer.from('содержимое'));
    expect(readFileSync(store.artifacts.files.path(sha256), 'utf8')).toBe('содержимое');
  });
});

describe('garbage collection', () => {
  test('removes what nothing names, after the grace, and nothing else', async () => {
    const put = async (text: string): Promise<Sha256> => (await store.artifacts.files.put(Buffer.from(text))).sha256;
    const [named, unnamed, nameless, young] = [await put('named'), await put('unnamed'), await put('nameless'), await put('young')];
    for (const sha256 of [named, unnamed])
      store.artifacts.insert({ sha256, mediaType: 'text/plain', byteCount: 5, atMs: longAgo.getTime() });
    store.documents.insert({
      id: newId.document(),
      sessionId: addSession(store),
      title: 'a',
      origin: { kind: 'file', name: 'a' },
      original: named,
      byteCount: 5,
      jobId: null,
      requestKey: null,
      atMs: noonMs,
    });
    for (const sha256 of [named, unnamed, nameless]) makeOld(sha256);
    expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 1, files: 2 });
    expect([named, unnamed, nameless, young].map(sha256 => existsSync(store.artifacts.files.path(sha256)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(store.artifacts.get(unnamed)).toBeNull();
  });

  test('what a job has kept to put back stays as long as the history has the job', async () => {
    const job = newId.job();
    createJobRepository(plain.db).insert([newJob(job, {})]);
    const { sha256 } = await store.artifacts.files.put(Buffer.from('as it was'));
    store.artifacts.insert({ sha256, mediaType: 'application/octet-stream', byteCount: 9, atMs: longAgo.getTime() });
    store.keptFiles.keep(job, sha256);
    store.keptFiles.keep(job, sha256);
    makeOld(sha256);
    expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 0, files: 0 });
    expect(store.keptFiles.isKept(sha256)).toBe(true);
    plain.db.prepare('DELETE FROM job WHERE id = ?').run(job);
    expect(store.keptFiles.isKept(sha256)).toBe(false);
    expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 1, files: 1 });
  });

  test('bytes stored again are young again, so their new row finds them', async () => {
    const { sha256 } = await store.artifacts.files.put(Buffer.from('again'));
    makeOld(sha256);
    await store.artifacts.files.put(Buffer.from('again'));
    expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 0, files: 0 });
  });

  test('rests while a damaged database is kept aside', async () => {
    const { sha256 } = await store.artifacts.files.put(Buffer.from('kept'));
    makeOld(sha256);
    mkdirSync(join(folder.root, 'set-aside', '2026'), { recursive: true });
    expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 0, files: 0 });
  });

  test('a named artifact cannot be deleted by mistake', async () => {
    const { sha256 } = await store.artifacts.files.put(Buffer.from('x'));
    store.artifacts.insert({ sha256, mediaType: 'application/json', byteCount: 1, atMs: noonMs });
    store.snapshots.insert({ hash: hashOf('t'), artifact: sha256, charCount: 1, pageCount: null, language: null, atMs: noonMs });
    expect(() => plain.db.prepare('DELETE FROM artifact').run()).toThrow(/FOREIGN KEY/u);
    expect(() => plain.db.prepare('UPDATE snapshot SET char_count = 2').run()).toThrow(/never edited/u);
  });
});

describe('staging', () => {
  test('an upload arrives in pieces, repeats are acknowledged, gaps are refused', async () => {
    const whole = Buffer.from('abcdefgh');
    const id = await store.staging.beginUpload({ name: 'a.txt', byteCount: 8 });
    expect(await store.staging.appendUpload(id, 0, whole.subarray(0, 3))).toBe(3);
    expect(await store.staging.appendUpload(id, 0, whole.subarray(0, 3))).toBe(3);
    await expect(store.staging.appendUpload(id, 5, whole.subarray(5))).rejects.toMatchObject({ code: 'wrong_offset' });
    await expect(store.staging.finishUpload(id)).rejects.toMatchObject({ code: 'upload_incomplete' });
    // Two pieces on their way at once are written in the order they were sent.
    await Promise.all([store.staging.appendUpload(id, 3, whole.subarray(3, 6)), store.staging.appendUpload(id, 6, whole.subarray(6))]);
    await expect(store.staging.appendUpload(id, 8, whole)).rejects.toMatchObject({ code: 'wrong_offset' });
    const finished = await store.staging.finishUpload(id);
    expect(finished).toEqual({
      path: finished.path,
      name: 'a.txt',
      byteCount: 8,
      sha256: createHash('sha256').update(whole).digest('hex'),
    });
    expect(await store.staging.finishUpload(id)).toEqual(finished);
    await store.artifacts.files.adopt(finished.path, finished);
    await store.staging.abortUpload(id);
    await expect(store.staging.appendUpload(id, 0, whole)).rejects.toMatchObject({ code: 'not_found' });
    expect(readdirSync(staging)).toEqual([]);
  });

  test('has room for a bounded number of uploads', async () => {
    const begun = await Promise.allSettled(
      Array.from({ length: openUploadLimit + 1 }, () => store.staging.beginUpload({ name: 'a', byteCount: 1 })),
    );
    expect(begun.filter(each => each.status === 'rejected')).toHaveLength(1);
    await store.staging.close();
    expect(readdirSync(staging)).toEqual([]);
  });

  test('the start removes what no live job owns', async () => {
    const [live, dead] = [newId.job(), newId.job()];
    for (const owner of [live, dead]) writeFileSync(join(store.staging.folderOf(owner), 'part'), 'x');
    writeFileSync(join(staging, `upload-${randomUUID()}`), 'x');
    expect(await store.staging.clean(owner => owner === live)).toEqual({ removed: 2 });
    expect(readdirSync(staging)).toEqual([live]);
  });

  test('an owner cannot name a folder elsewhere', () => {
    expect(() => store.staging.folderOf('../../../../../tmp/aaaaaaaaaaaaaaaaaaaaaa')).toThrow(/no job's id/u);
  });
});
