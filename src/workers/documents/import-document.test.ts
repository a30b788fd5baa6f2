import { needsVisionDetail } from '../../shared/domain/document.ts';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { taskSpecs } from '../../shared/contract/worker/tasks.ts';
import { documentByteLimit } from '../../shared/domain/document.ts';
import { snapshot as snapshotSchema } from '../../shared/domain/snapshot.ts';
import { anyDocumentId, importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { makePdf } from '../../../test/support/documents/pdf-file.ts';
import { makeGreyPng } from '../../../test/support/documents/png-file.ts';
import { tempDir } from '../../../test/support/documents/temp-dir.ts';
import { documentErrorOf } from '../../shared/domain/document.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import { importDocument, importTask } from './import-document.ts';

const quiet = {
  signal: new AbortController().signal,
  report: () => {},
  attempt: 1,
  step: () => Promise.reject(new Error('A short document has no steps.')),
  hostCall: () => Promise.reject(new Error('Nothing is asked of main.')),
  charge: () => {},
  log: () => {},
};
const refusal = async (bytes: Uint8Array | string, name: string) => (await importBytes(bytes, name)).output;

describe('importing a document', () => {
  test('as a task, fails with the fault of the document, and for good', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'given');
    await writeFile(path, '');
    const from = { kind: 'file', path, name: 'a.txt' } as const;
    await expect(
      importTask({ documentId: anyDocumentId, from, stagingDir: dir.path, canLook: false, language: 'ru' }, quiet),
    ).rejects.toMatchObject({
      code: 'empty',
      retryable: false,
    });
    const missing = importTask(
      { documentId: anyDocumentId, from: { ...from, path: join(dir.path, 'gone') }, stagingDir: dir.path, canLook: false, language: 'ru' },
      quiet,
    );
    const error = await missing.catch((thrown: unknown) => thrown);
    if (!(error instanceof TaskFailure)) throw error;
    expect(documentErrorOf(error)).toEqual({ code: 'not_found', detail: 'ENOENT' });
  });

  test('as a task, is given up when its own work does not end', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'given');
    await writeFile(path, 'Текст.');
    const atOnce = {
      monotonicMs: () => 0,
      setTimer(_delayMs: number, callback: () => void) {
        callback();
        return () => {};
      },
    };
    const input = { documentId: anyDocumentId, from: { kind: 'file', path, name: 'a.txt' }, stagingDir: dir.path } as const;
    const reading = importTask({ ...input, canLook: false, language: 'ru' }, quiet, atOnce);
    await expect(reading).rejects.toMatchObject({ code: 'timed_out', retryable: true });
  });

  test('stages a snapshot whose hashes are true and whose output fits the contract', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'given');
    await writeFile(path, 'Привет, мир. Это проверочный текст.');
    const output = await importTask(
      { documentId: anyDocumentId, from: { kind: 'file', path, name: 'a.txt' }, stagingDir: dir.path, canLook: false, language: 'ru' },
      quiet,
    );
    expect(taskSpecs['document.import'].output.parse(output)).toEqual(output);
    const bytes = await readFile(join(dir.path, output.snapshot.name));
    expect(output.snapshot).toMatchObject({ byteCount: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
    const snapshot = snapshotSchema.parse(JSON.parse(bytes.toString('utf8')));
    expect(output).toMatchObject({
      snapshotHash: snapshot.hash,
      charCount: snapshot.text.length,
      original: null,
      format: 'text',
      language: 'ru',
      pageCount: null,
    });
  });

  test('says which encoding it took', async () => {
    const { output, snapshot } = await importBytes(encodeOneByte('ПРОТОКОЛ\r\n\r\nРешили начать в апреле.\r\n', 'ibm866'), 'protocol.txt');
    expect(output).toMatchObject({ warnings: [{ code: 'encoding_guessed', count: null, detail: 'ibm866' }] });
    expect(snapshot?.text).toBe('ПРОТОКОЛ\n\nРешили начать в апреле.');
  });

  test('a wrong extension is seen through', async () => {
    expect(await refusal(await makePdf([[{ text: 'Это на самом деле PDF.' }]]), 'letter.txt')).toMatchObject({
      result: 'read',
      format: 'pdf',
    });
    expect(await refusal('Просто текст, а не документ.', 'letter.docx')).toMatchObject({ result: 'read', format: 'text' });
    expect(await refusal('Просто текст, а не документ.', 'letter.pdf')).toMatchObject({ result: 'read', format: 'text' });
  });

  test.each([
    ['a PNG called PDF', makeGreyPng(8, 8), 'a.pdf', 'wrong_format', 'png'],
    ['a PNG', makeGreyPng(8, 8), 'a.png', 'no_text', needsVisionDetail],
    [
      'machine code',
      Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919 + 3) % 32)),
      'a.bin',
      'unsupported_format',
      'binary',
    ],
    [
      'a PDF of noise',
      Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919 + 3) % 32)),
      'a.pdf',
      'damaged',
      'no pdf header',
    ],
    ['no bytes', '', 'a.txt', 'empty', null],
    ['white space', ' \r\n\t\n ', 'a.txt', 'empty', null],
    ['only NUL bytes', Buffer.alloc(2_000), 'a.txt', 'wrong_format', 'binary'],
  ])('%s is refused', async (_title, bytes, name, code, detail) => {
    const { output } = await importBytes(bytes, name);
    expect(output).toEqual({ result: 'refused', error: { code, detail } });
  });

  test('a locked and an old office file are told apart', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]);
    expect(await refusal(compound, 'old.doc')).toEqual({ result: 'refused', error: { code: 'unsupported_format', detail: 'doc' } });
    expect(await refusal(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]), 'locked.docx')).toEqual({
      result: 'refused',
      error: { code: 'encrypted', detail: 'office' },
    });
  });

  test('NUL bytes and lone surrogates do not reach the text', async () => {
    expect((await readSnapshot(Buffer.from('Есть\u0000 нули\u0000 и текст вокруг них, которого больше.'), 'nul.txt')).text).toBe(
      'Есть нули и текст вокруг них, которого больше.',
    );
    const wide = Buffer.concat([Buffer.from('\ufeffда ', 'utf16le'), Buffer.from([0x00, 0xd8]), Buffer.from(' нет', 'utf16le')]);
    expect((await readSnapshot(wide, 'wide.txt')).text).toBe('да \ufffd нет');
  });

  test('ten megabytes on one line are read in segments', async () => {
    const snapshot = await readSnapshot('слово '.repeat(900_000), 'line.txt');
    expect(snapshot.text).toHaveLength(900_000 * 6 - 1);
    expect(snapshot.segments.length).toBeGreaterThan(600);
    const solid = await readSnapshot('x'.repeat(10_000_000), 'solid.txt');
    expect(solid.segments).toHaveLength(1_250);
  });

  test('half a gigabyte is refused by its size, without being read', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'huge');
    const file = await open(path, 'w');
    await file.truncate(500 * 1024 * 1024);
    await file.close();
    const output = await importDocument({ from: { kind: 'file', path, name: 'huge.txt' }, stagingDir: dir.path }, quiet);
    expect(output).toEqual({
      result: 'refused',
      error: { code: 'too_large', detail: `${500 * 1024 * 1024} bytes, at most ${documentByteLimit} are read` },
    });
  });

  test('a file that is gone and a folder are refused', async () => {
    await using dir = await tempDir();
    const at = (path: string) => importDocument({ from: { kind: 'file', path, name: 'a.txt' }, stagingDir: dir.path }, quiet);
    expect(await at(join(dir.path, 'gone'))).toEqual({ result: 'refused', error: { code: 'not_found', detail: 'ENOENT' } });
    expect(await at(dir.path)).toEqual({ result: 'refused', error: { code: 'unreadable', detail: 'not a regular file' } });
  });

  test('is not begun when it is already cancelled', async () => {
    const cancelled = AbortSignal.abort(new Error('cancelled before'));
    await expect(
      importDocument(
        { from: { kind: 'file', path: '/nowhere', name: 'a' }, stagingDir: '/nowhere' },
        { signal: cancelled, report: () => {} },
      ),
    ).rejects.toThrow('cancelled before');
  });

  test('the same bytes give the same snapshot', async () => {
    const bytes = await makePdf([[{ text: 'Один и тот же текст даёт один и тот же снимок.' }]]);
    const [once, twice] = [await readSnapshot(bytes, 'a.pdf'), await readSnapshot(bytes, 'a.pdf')];
    expect(once).toEqual(twice);
    expect(outline(once)).toHaveLength(1);
  });
});
