import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeEncryptedPdf } from '../support/documents/encrypted-pdf.ts';
import { makePdf } from '../support/documents/pdf-file.ts';
import { makeZip } from '../support/documents/zip-file.ts';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { startWebServer } from '../support/documents/web-server.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { startCommand } from '../support/program/command.ts';
import { commandFolder, lecture, meeting, russianLecture } from '../support/program/command-folder.ts';

failOnLeaks();
const { at, konspekt, jobs, written } = commandFolder();

describe('konspekt synopsis', () => {
  test('prints the Markdown alone on standard output, and plain lines of progress beside it', async () => {
    const { code, stdout, stderr } = await konspekt(['synopsis', lecture]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^---\ntitle: "/u);
    expect(stdout).toContain('## In short');
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stderr).toContain('en-lecture.md');
  });

  test('speaks the person’s language, heads in the material’s, and finds what is ready again', async () => {
    const out = join(at.folder, 'конспект.md');
    expect(await konspekt(['synopsis', russianLecture, '--out', out], { language: 'ru' })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining(`Конспект записан: ${out}`),
    });
    expect(readFileSync(out, 'utf8')).toContain('## Ключевые тезисы');
    const before = await jobs();
    const again = await konspekt(['synopsis', russianLecture]);
    expect(again).toMatchObject({ code: 0, stdout: readFileSync(out, 'utf8') });
    expect(await jobs()).toEqual(before);
    // Other headings are another version of the same chat, whose documents are not read again.
    expect((await konspekt(['synopsis', russianLecture, '--lang', 'en'])).stdout).toContain('## Key points');
    expect((await jobs()).map(job => job.kind)).toEqual(['synopsis.make', 'synopsis.make', 'document.import']);
  });

  test('several documents are named by their titles', async () => {
    const pdf = written('scan-0017.pdf', await makePdf([[{ text: 'The tide is the rise of the sea. '.repeat(30) }]], { title: 'Tides' }));
    const { code, stdout } = await konspekt(['synopsis', pdf, lecture]);
    expect(code).toBe(0);
    const heading = /^# (.*)$/mu.exec(stdout)?.[1];
    expect(heading).toMatch(/^Tides; /u);
    expect(heading).not.toMatch(/\.(?:pdf|md)/u);
  });

  test('two files of one name are two documents', async () => {
    for (const name of ['a', 'b']) mkdirSync(join(at.folder, name));
    const first = written('a/notes.txt', 'The lighthouse was built in 1882 on the northern rock by Anna Berg. '.repeat(20));
    const second = written('b/notes.txt', 'The lighthouse was burnt in 1903 on the southern rock by Emil Berg. '.repeat(20));
    expect((await konspekt(['synopsis', first, second])).code).toBe(0);
    expect((await konspekt(['synopsis', first, second])).code).toBe(0);
    expect((await jobs()).filter(job => job.kind === 'document.import')).toHaveLength(2);
  });

  test('good sources with a broken one are a synopsis with issues', async () => {
    const broken = written('broken.pdf', '%PDF-1.7 and nothing more');
    const { code, stdout, stderr } = await konspekt(['synopsis', lecture, meeting, broken]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'Not read: "broken.pdf": the file is damaged; open it in its own program and save it anew, or download it again.',
    );
    expect(stderr).toContain('Sources that could not be read: 1.');
    expect(stdout).toContain('- broken.pdf (not read; damaged)');
  });

  test.each([
    ['an empty file', 'empty.txt', () => '', 'the file is empty'],
    [
      'an encrypted PDF',
      'locked.pdf',
      () => makeEncryptedPdf('Nobody reads this.', 'secret'),
      'the file is protected by a password; remove it in the program that made the file, and add the file again',
    ],
    [
      'a PNG called .pdf',
      'picture.pdf',
      () => makeGreyPng(8, 8),
      'the content does not match the file’s extension; open the file in the program that made it and save it anew',
    ],
    [
      'random bytes called .txt',
      'noise.txt',
      () => Buffer.from(Array.from({ length: 512 }, (_, at) => (at * 37) % 256)),
      'the content does not match the file’s extension; open the file in the program that made it and save it anew',
    ],
    ['a PNG', 'picture.png', () => makeGreyPng(8, 8), 'this is a picture, and only a model that sees can read it'],
    ['an archive', 'files.zip', () => makeZip([]), 'this format cannot be read; save the file as one that can: PDF, DOCX,'],
  ])('%s is refused with the cure, and alone is no synopsis', async (_what, name, content, reason) => {
    const { code, stdout, stderr } = await konspekt(['synopsis', written(name, content())]);
    expect(stderr).toContain(`Not read: "${name}": ${reason}`);
    expect(stderr).toContain('None of the sources could be read');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  });

  test('what became readable is in the next synopsis of the same sources', async () => {
    let isThere = false;
    await using server = await startWebServer((_request, response) => {
      if (isThere)
        response
          .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
          .end('The ferry carries 400 people to the island every day. '.repeat(20));
      else response.writeHead(404).end();
    });
    mkdirSync(at.dataDir);
    writeFileSync(join(at.dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
    const command = ['synopsis', lecture, `${server.origin}/ferry`];
    const first = await konspekt(command);
    expect(first).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no such page at this address') });
    isThere = true;
    const second = await konspekt(command);
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('version: 2') });
    expect(second.stdout).toContain('ferry');
  });

  test.each([
    ['en', 'perhaps in a circle; open it in a browser'],
    ['ru', 'слишком много переадресаций, возможно по кругу — откройте страницу в браузере'],
  ] as const)('a page that leads round in a circle is told as that (%s)', async (language, sentence) => {
    await using server = await startWebServer((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end();
    });
    mkdirSync(at.dataDir);
    writeFileSync(join(at.dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
    expect(await konspekt(['synopsis', `${server.origin}/a`], { language })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(sentence),
    });
  });

  test('a page of the private network is forbidden', async () => {
    const { code, stderr } = await konspekt(['synopsis', 'http://127.0.0.1:9/x']);
    expect(code).toBe(4);
    expect(stderr).toContain(
      'this address is inside your own network and was not opened; to allow it: konspekt settings set allowed-hosts --add HOST[:PORT]',
    );
  });

  test('an address that does not answer says so while it is tried again, and can be given up', async () => {
    const server = await startWebServer(() => undefined);
    await server[Symbol.asyncDispose]();
    mkdirSync(at.dataDir);
    writeFileSync(join(at.dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
    const command = startCommand(['synopsis', `${server.origin}/x`], { dataDir: at.dataDir });
    await command.prints(/the address does not answer; check the network and the address, then retry; next try at \d/u);
    command.signal('SIGINT');
    expect(await command.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Cancelled while sources were read.') });
  });
});
