import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { jobView, type JobInspection, type JobView } from '../../src/shared/domain/job.ts';
import { readControlFile, writeControlFile } from '../../src/main/ipc/control-file.ts';
import { makeEncryptedPdf } from '../support/documents/encrypted-pdf.ts';
import { makePdf } from '../support/documents/pdf-file.ts';
import { makeZip } from '../support/documents/zip-file.ts';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { startWebServer } from '../support/documents/web-server.ts';
import { launchHeadless } from '../support/launch-headless.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { isAlive } from '../support/process-tree.ts';
import { patienceMs } from '../support/patience.ts';
import { createBarrier, type Barrier } from '../support/program/barrier.ts';
import { gatedCli } from '../support/program/built-program.ts';
import { runCommand, startCommand, terminalProgram, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { writeSourceBundles } from '../support/program/source-bundles.ts';
import { startProgram, value } from '../support/program/running-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { shownJob } from '../support/shown-job.ts';

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples');
const lecture = join(samples, 'en-lecture.md');
const russianLecture = join(samples, 'ru-lecture.md');
const meeting = join(samples, 'en-meeting.txt');

failOnLeaks();

let folder: string;
let dataDir: string;

beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  dataDir = join(folder, 'data');
  afterwards(() => {
    const left = readControlFile(dataDir);
    temporary.remove();
    expect(existsSync(folder)).toBe(false);
    // A program that had left in order would have taken it along.
    expect(left, 'the control file of a program that should be gone').toBeNull();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, ...options });

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function jobs(): Promise<JobView[]> {
  const { code, stdout } = await konspekt(['jobs', 'list', '--json']);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => jobView.parse(JSON.parse(line)));
}

async function inspect(id: string): Promise<JobInspection> {
  return shownJob.parse(JSON.parse((await konspekt(['jobs', 'show', id, '--json'])).stdout));
}

/** Each section was made once and recorded once, however often the command was run. */
async function expectMadeOnce(id: string): Promise<void> {
  const { job, steps, events } = await inspect(id);
  expect(job).toMatchObject({ state: 'done', outcome: 'ok' });
  const recorded = events.filter(event => event.type === 'step').map(event => event.detail);
  expect(recorded).toEqual(steps.map(step => step.name));
  expect(new Set(recorded).size).toBe(recorded.length);
}

async function heldAt(point: string): Promise<{ readonly barrier: Barrier; readonly cli: string }> {
  const barrier = await createBarrier();
  onTestFinished(() => barrier.close());
  return { barrier, cli: gatedCli(join(folder, 'gated'), { worker: 'synopsis', point, port: barrier.port }) };
}

async function gone(pid: number, what: string): Promise<void> {
  await expect.poll(() => isAlive(pid), { message: what, timeout: patienceMs }).toBe(false);
}

/** The pid of the program that has the folder now. */
function holder(): number {
  const record = readControlFile(dataDir);
  if (record === null) throw new Error('Nobody has the data folder.');
  return record.pid;
}

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
    const out = join(folder, 'конспект.md');
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
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
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
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
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
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
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
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ allowedHosts: [server.host] }));
    const command = startCommand(['synopsis', `${server.origin}/x`], { dataDir });
    await command.prints(/the address does not answer; check the network and the address, then retry; next try at \d/u);
    command.signal('SIGINT');
    expect(await command.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Cancelled while sources were read.') });
  });
});

describe('arguments that cannot be used are told before anything is done', () => {
  const name = (path: string) => join(folder, path);
  const emptyFolder = () => {
    mkdirSync(name('empty'));
    return name('empty');
  };
  test.each<[string, () => readonly string[], () => string | RegExp]>([
    ['a missing file', () => ['synopsis', lecture, name('none.txt')], () => `There is no file "${name('none.txt')}". Check the path.`],
    ['standard input', () => ['synopsis', '-'], () => 'Standard input ("-") cannot be a source. Save it to a file and name that.'],
    ['no name', () => ['synopsis', lecture, ''], () => 'An empty text stands where the name of a file should.'],
    ['--out without a name', () => ['synopsis', lecture, '--out', ''], () => 'An empty text stands where the name of a file should.'],
    ['a folder without a document', () => ['synopsis', emptyFolder()], () => 'The folder "empty" has no file that can be read.'],
    ['a device', () => ['synopsis', '/dev/null'], () => '"/dev/null" is not a regular file.'],
    ['an address of another kind', () => ['synopsis', 'ftp://example.org/x'], () => '"ftp://example.org/x" is not the address of a page.'],
    ['half an address', () => ['synopsis', 'http://'], () => '"http://" is not the address of a page.'],
    [
      '--out in a missing folder',
      () => ['synopsis', lecture, '--out', name('no/x.md')],
      () => `There is no folder "${name('no')}". Make it, or give another --out.`,
    ],
    [
      '--out that is a folder',
      () => ['synopsis', lecture, '--out', folder],
      () => `"${folder}" is a folder. Give --out the name of a file.`,
    ],
    ['--out below a file', () => ['synopsis', lecture, '--out', join(written('file', ''), 'x.md')], () => 'There is no folder'],
    [
      '--out that is a source',
      () => ['synopsis', written('n.md', 'Text.'), '--out', name('n.md')],
      () => 'is one of the sources and would be overwritten',
    ],
    ['--out with --background', () => ['synopsis', lecture, '--background', '--out', name('x.md')], () => /do not go together/u],
    ['an unknown option', () => ['synopsis', lecture, '--nonsense'], () => /There is no option --nonsense/u],
    ['an unknown detail', () => ['synopsis', lecture, '--detail', 'huge'], () => /It is one of: short, standard, full/u],
    ['a port that is none', () => ['serve', '--port', '70000'], () => /whole number from 0 to 65535/u],
    ['a limit of nothing', () => ['jobs', 'list', '--limit', '0'], () => /whole number from 1/u],
  ])('%s', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await konspekt(args());
    expect(stderr).toMatch(sentence());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    // The program was not even opened.
    expect(existsSync(dataDir)).toBe(false);
  });

  // Where rights say yes and the system says no.
  test.skipIf(process.platform !== 'linux')('--out where the system takes no files', async () => {
    const { code, stderr } = await konspekt(['synopsis', lecture, '--out', '/proc/x.md']);
    expect(stderr).toBe('"/proc/x.md" cannot be written: the system refused (ENOENT). Nothing was begun; give another --out.\n');
    expect(code).toBe(2);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('looking whether --out can be written leaves what is there', async () => {
    const there = written('there.md', 'Mine.');
    expect((await konspekt(['synopsis', lecture, name('none.txt'), '--out', there])).code).toBe(2);
    expect((await konspekt(['synopsis', written('x.png', makeGreyPng(8, 8)), '--out', there])).code).toBe(4);
    expect((await konspekt(['synopsis', written('x.png', makeGreyPng(8, 8)), '--out', name('new.md')])).code).toBe(4);
    expect(readFileSync(there, 'utf8')).toBe('Mine.');
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'there.md', 'x.png']);
  });

  // The system's own superuser may write everywhere.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('--out in a folder that cannot be written', async () => {
    mkdirSync(name('locked'), { mode: 0o500 });
    expect(await konspekt(['synopsis', lecture, '--out', name('locked/x.md')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be written'),
    });
  });

  test('a data folder that cannot be one', async () => {
    const below = join(written('file', ''), 'data');
    for (const args of [['jobs'], ['synopsis', lecture], ['synopsis', lecture, '--background'], ['serve', '--port', '0']]) {
      const { code, stderr } = await runCommand(args, { dataDir: below });
      expect(stderr).toContain(`The data folder ${below} cannot be made: a file is in its place.`);
      expect(code).toBe(5);
    }
  });

  test.each([
    ['--help'],
    ['synopsis', '--help'],
    ['jobs', '--help'],
    ['jobs', 'list', '--help'],
    ['settings', '--help'],
    ['serve', '--help'],
    ['--version'],
  ])('%s %s %s explains and is no failure', async (...args) => {
    const { code, stdout, stderr } = await konspekt(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });
});

describe('Ctrl+C', () => {
  test('cancels in order, and the same command goes on after the last finished section', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    expect(await first.ended).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining('Cancelled. The same command goes on from the last finished section.'),
    });
    await gone(worker, 'the worker of the cancelled command');
    const [cancelled] = await jobs();
    expect(cancelled).toMatchObject({ kind: 'synopsis.make', state: 'cancelled' });
    const done = (await inspect(cancelled?.id ?? '')).steps.map(step => step.name);
    expect(done.length).toBeGreaterThan(1);

    const second = await konspekt(['synopsis', lecture]);
    expect(second.code).toBe(0);
    await expectMadeOnce(cancelled?.id ?? '');
    expect((await jobs()).filter(job => job.kind === 'synopsis.make')).toHaveLength(1);
  });

  test('twice leaves at once, and the same command goes on all the same', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    await first.prints('Ctrl+C again leaves at once.');
    // Pressed until it is heard: what comes right after the first is the same press, passed on.
    const pressing = setInterval(() => first.signal('SIGINT'), 100);
    onTestFinished(() => {
      clearInterval(pressing);
    });
    const { code, stderr } = await first.ended;
    clearInterval(pressing);
    expect(code).toBe(130);
    expect(stderr).not.toContain('Cancelled.');
    await gone(worker, 'the worker of the command that left');
    expect((await konspekt(['synopsis', lecture])).code).toBe(0);
  });

  test('while waiting for a job ends the waiting and not the job', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const making = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    const [job] = await jobs();
    const waiting = startCommand(['jobs', 'wait', job?.id ?? ''], { dataDir });
    await waiting.prints('Section: ');
    waiting.signal('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('No longer waiting.') });
    barrier.open();
    expect((await making.ended).code).toBe(0);
  });

  test('one press is one, however many pass it on', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    const worker = await barrier.reached();
    first.signal('SIGINT');
    await first.prints('Ctrl+C again leaves at once.');
    first.signal('SIGINT');
    first.signal('SIGINT');
    expect(await first.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Cancelled.') });
    await gone(worker, 'the worker of the cancelled command');
    expect((await jobs())[0]).toMatchObject({ state: 'cancelled' });
  });

  const hasTerminal = process.platform === 'linux' && spawnSync(terminalProgram, ['--version']).status === 0;
  test.skipIf(!hasTerminal)('on a terminal and through npm: the last word is out before the prompt is back', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli, terminal: true, throughNpm: true });
    const worker = await barrier.reached();
    await first.prints(/█░+ \d\/\d+ Section: /u);
    first.type('\u0003');
    const { code, stdout } = await first.ended;
    expect(stdout).toContain('Cancelled. The same command goes on from the last finished section.');
    expect(code).toBe(130);
    // Not even the process is left.
    expect(readControlFile(dataDir)).toBeNull();
    await gone(worker, 'the worker of the cancelled command');
    expect((await jobs())[0]).toMatchObject({ state: 'cancelled' });
  });

  test.skipIf(!hasTerminal)('on a terminal: a bar, a clean cancel by the key itself, and the bar again', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture, '--out', join(folder, 'x.md')], { dataDir, cli, terminal: true });
    const worker = await barrier.reached();
    await first.prints(/\r\p{Cc}\[2K█+░+ \d\/\d+ Section: /u);
    first.type('\u0003');
    const { code, stdout } = await first.ended;
    expect(stdout).toContain('Cancelled.');
    expect(code).toBe(130);
    await gone(worker, 'the worker, which the terminal told too');
    const second = await startCommand(['synopsis', lecture, '--out', join(folder, 'x.md')], { dataDir, terminal: true }).ended;
    expect(second.code).toBe(0);
    // The bar is gone from the line on which the end is told.
    expect(second.stdout).toContain('\r\u001b[2KSynopsis written: ');
  });
});

describe('beside others on one data folder', () => {
  test('the running program does the work, and goes on running', async () => {
    const program = await launchHeadless({ dataDir, locale: 'en_US.UTF-8' });
    const pid = holder();
    expect((await konspekt(['synopsis', lecture])).code).toBe(0);
    expect((await jobs()).map(job => job.state)).toEqual(['done', 'done']);
    expect(holder()).toBe(pid);
    expect(await konspekt(['open'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Konspekt is open at http:\/\/127\.0\.0\.1:\d+\/open\?token=/u),
    });
    // A second one shows the first one's window.
    expect(await konspekt(['serve', '--port', '0'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Konspekt is open at') });
    expect(await program.stop()).toBe(0);
  });

  test('two commands at once: the second goes on alone when the first, whose process did the work, is done', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    const second = startCommand(['synopsis', meeting], { dataDir, cli });
    // Both synopses are the first one's process to make, the second after the first.
    await expect.poll(async () => (await jobs()).filter(job => job.kind === 'synopsis.make').length, { timeout: patienceMs }).toBe(2);
    expect(holder()).toBe(first.pid);
    first.signal('SIGINT');
    expect((await first.ended).code).toBe(130);
    barrier.open();
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('## In short');
    const made = (await jobs()).find(job => job.kind === 'synopsis.make' && job.state === 'done');
    await expectMadeOnce(made?.id ?? '');
  });

  test('the same command twice at once is one synopsis', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    const second = startCommand(['synopsis', lecture], { dataDir, cli });
    await second.prints('Section: ');
    barrier.open();
    const ends = await Promise.all([first.ended, second.ended]);
    expect(ends.map(end => end.code)).toEqual([0, 0]);
    expect(ends[0].stdout).toBe(ends[1].stdout);
    expect((await jobs()).filter(job => job.kind === 'synopsis.make')).toHaveLength(1);
  });

  test('a command goes on by itself when the program it talks to is killed', async () => {
    const barrier = await createBarrier();
    onTestFinished(() => barrier.close());
    const program = await startProgram(
      dataDir,
      writeSourceBundles(join(folder, 'gated'), { worker: 'synopsis', point: 'section:figures', port: barrier.port }),
    );
    const command = startCommand(['synopsis', lecture], { dataDir });
    await barrier.reached();
    await program.kill();
    expect((await command.ended).code).toBe(0);
    await expectMadeOnce((await jobs())[0]?.id ?? '');
  });

  test('the control file of a program that died is no obstacle', async () => {
    mkdirSync(dataDir);
    const other = await startWebServer((_request, response) => response.writeHead(404).end());
    writeControlFile(dataDir, { pid: 1, port: Number(new URL(other.origin).port), token: 'x', host: 'headless', version: '0' });
    expect(await konspekt(['jobs'])).toMatchObject({ code: 0, stdout: 'There are no jobs.\n' });
    await other[Symbol.asyncDispose]();
    writeFileSync(join(dataDir, 'control.json'), 'half a fi');
    expect((await konspekt(['jobs'])).code).toBe(0);
  });

  test('looking at the jobs starts none of them', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const first = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    first.signal('SIGKILL');
    await first.ended;
    const [job] = await jobs();
    expect(job).toMatchObject({ kind: 'synopsis.make', state: 'queued' });
    expect(await konspekt(['jobs', 'list', '--group', 'queued'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(job?.id ?? ''),
    });
    expect((await inspect(job?.id ?? '')).events.filter(event => event.type === 'started')).toHaveLength(1);
    // Waiting for it is asking for it.
    expect((await konspekt(['jobs', 'wait', job?.id ?? ''])).code).toBe(0);
    await expectMadeOnce(job?.id ?? '');
  });
});

describe('konspekt jobs', () => {
  test('cancel, retry and their refusals', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const making = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    const id = (await jobs())[0]?.id ?? '';
    expect(await konspekt(['jobs', 'retry', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Only a failed or cancelled job can be retried; this one is running.'),
    });
    expect(await konspekt(['jobs', 'cancel', id])).toMatchObject({ code: 0, stdout: expect.stringContaining('cancelled') });
    expect((await making.ended).code).toBe(130);
    expect(await konspekt(['jobs', 'cancel', id])).toMatchObject({ code: 2, stderr: 'The job has already ended: cancelled.\n' });
    expect((await konspekt(['jobs', 'wait', id])).code).toBe(130);
    expect(await konspekt(['jobs', 'retry', id])).toMatchObject({ code: 0, stdout: expect.stringContaining('done') });
    await expectMadeOnce(id);
    expect(await konspekt(['jobs', 'wait', id])).toMatchObject({ code: 0 });
    const shown = await konspekt(['jobs', 'show', id], { language: 'ru' });
    expect(shown.stdout).toContain('Раздел: Ключевые тезисы');
    expect(shown.stdout).not.toMatch(/section:|[a-z]+_[a-z]+/u);
  });

  test.each([['show'], ['wait'], ['cancel'], ['retry']])('%s of a job that is not there', async verb => {
    for (const id of ['01890000-0000-7000-8000-000000000000', 'nonsense']) {
      expect(await konspekt(['jobs', verb, id])).toEqual({
        code: 6,
        stdout: '',
        stderr: `There is no job "${id}". See: konspekt jobs list\n`,
      });
    }
  });

  test('a reader that has seen enough is no failure', async () => {
    await konspekt(['synopsis', lecture, '--out', join(folder, 'x.md')]);
    const piped = spawnSync(
      'sh',
      [
        '-c',
        `"${process.execPath}" "$0" --data "$1" jobs list | head -c 1; exit 0`,
        join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js'),
        dataDir,
      ],
      { encoding: 'utf8' },
    );
    expect(piped.stderr).toBe('');
    expect(piped.stdout).toHaveLength(1);
  });
});

describe('--background', () => {
  test('prints the job and returns; a program works on and leaves when nothing is left to do', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const { code, stdout, stderr } = await konspekt(['synopsis', lecture, '--background'], { cli });
    expect(code).toBe(0);
    const id = stdout.trim();
    expect(stderr).toContain(`konspekt jobs wait ${id}`);
    // Held at the gate: the command has returned before the work was done.
    const worker = await barrier.reached();
    const background = holder();
    // The program in the background has no page, and says so.
    expect(await konspekt(['open'])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('has the data folder and no page to show'),
    });
    const waiting = startCommand(['jobs', 'wait', id], { dataDir });
    await waiting.prints('Section: ');
    barrier.open();
    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('done') });
    expect(await konspekt(['synopsis', lecture])).toMatchObject({ code: 0, stdout: expect.stringContaining('## In short') });
    expect(await konspekt(['synopsis', lecture, '--background'])).toMatchObject({
      code: 0,
      stdout: `${id}\n`,
      stderr: expect.stringContaining('This synopsis is ready.'),
    });
    await gone(background, 'the background program');
    await gone(worker, 'its worker');
  });

  test('work handed to a passing command outlives it', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const passing = startCommand(['synopsis', lecture], { dataDir, cli });
    await barrier.reached();
    const { code, stdout } = await konspekt(['synopsis', meeting, '--background'], { cli });
    expect(code).toBe(0);
    passing.signal('SIGINT');
    expect((await passing.ended).code).toBe(130);
    await expect.poll(() => readControlFile(dataDir)?.host, { timeout: patienceMs }).toBe('background');
    const background = holder();
    barrier.open();
    expect((await konspekt(['jobs', 'wait', stdout.trim()])).code).toBe(0);
    await gone(background, 'the background program');
  });
});

test('a program started without the command line’s help is talked to as well', async () => {
  const program = await startProgram(dataDir, writeSourceBundles(join(folder, 'plain'), null));
  expect((await konspekt(['synopsis', lecture])).code).toBe(0);
  expect(value(await program.client.call('jobs.list', {})).counts.done).toBe(2);
  expect(await program.stop()).toBe(0);
});
