// `konspekt jobs queue`, `pause`, `drain` and `resume`, beside a program and without one.
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { JobInspection } from '../../src/shared/domain/job.ts';
import { shownJob } from '../support/shown-job.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { patienceMs } from '../support/patience.ts';
import { createBarrier } from '../support/program/barrier.ts';
import { gatedCli } from '../support/program/built-program.ts';
import { runCommand, startCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const lecture = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'en-lecture.md');

failOnLeaks();

let folder: string;
let dataDir: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  folder = temporary.path;
  dataDir = join(folder, 'data');
  afterwards(() => {
    temporary.remove();
  });
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, ...options });
const queue = async (): Promise<unknown> => JSON.parse((await konspekt(['jobs', 'queue', '--json'])).stdout);

test('nothing is there yet', async () => {
  expect(await konspekt(['jobs', 'queue'], { language: 'ru' })).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      'Konspekt сейчас не запущен: задачи начнутся, когда его откроют.',
      'Незаконченных задач нет.',
      'Закончено — готово: 0, с ошибкой или отменено: 0',
      '',
    ].join('\n'),
  });
});

test('a kind that was paused while nothing ran holds up a command, which says so, until it is resumed', async () => {
  const paused = await konspekt(['jobs', 'pause', '--kind', 'synopsis.make']);
  expect(paused.stdout).toBe(
    'Paused: Synopsis; what has begun will be finished.\nKonspekt is not running: this takes effect when it is opened.\n',
  );
  const making = startCommand(['synopsis', lecture], { dataDir });
  await making.prints('Paused: Synopsis, so the work will not start. Resume it: konspekt jobs resume --kind synopsis.make');
  await expect.poll(queue, { timeout: patienceMs }).toMatchObject({
    running: true,
    paused: false,
    pausedKinds: ['synopsis.make'],
    live: { 'synopsis.make': { queued: 1 } },
    ended: { done: 1 },
  });
  const told = (await konspekt(['jobs', 'queue'], { language: 'ru' })).stdout;
  expect(told).toContain('Приостановлено: Конспект\n');
  expect(told).toContain('  Конспект — в очереди: 1\n');
  expect(told).toMatch(/^ {2}Конспекты — спит, проснётся с задачей$/mu);
  expect((await konspekt(['jobs', 'resume', '--kind', 'synopsis.make'])).stdout).toBe('Resumed: Synopsis.\n');
  expect((await making.ended).code).toBe(0);
  expect(await queue()).toEqual(expect.objectContaining({ running: false, pausedKinds: [], live: {}, ended: { done: 2, failed: 0 } }));
});

test('resuming without a program begins nothing; the next one that works does', async () => {
  const barrier = await createBarrier();
  onTestFinished(() => barrier.close());
  const cli = gatedCli(join(folder, 'gated'), { worker: 'synopsis', point: 'section:figures', port: barrier.port });
  const first = startCommand(['synopsis', lecture], { dataDir, cli });
  await barrier.reached();
  first.signal('SIGKILL');
  await first.ended;
  expect((await konspekt(['jobs', 'pause'])).code).toBe(0);
  expect(await queue()).toMatchObject({ running: false, paused: true, live: { 'synopsis.make': { queued: 1 } } });
  expect((await konspekt(['jobs', 'resume', '--kind', 'chat.answer'])).stdout).toContain('But the whole queue is paused.');
  expect((await konspekt(['jobs', 'resume'])).stdout).toBe(
    'The queue is resumed.\nKonspekt is not running: this takes effect when it is opened.\n',
  );
  const [id = ''] = (await konspekt(['jobs', 'list', '--group', 'queued'])).stdout.split(' ');
  const started = async () => {
    const inspection: JobInspection = shownJob.parse(JSON.parse((await konspekt(['jobs', 'show', id, '--json'])).stdout));
    return inspection.events.filter(event => event.type === 'started').length;
  };
  expect(await started()).toBe(1);
  expect((await konspekt(['jobs', 'wait', id])).code).toBe(0);
  expect(await started()).toBe(2);
});

test('draining says what it waits for and returns when that has ended; left or overtaken by a resumption, it says what became of the pause', async () => {
  const barrier = await createBarrier();
  onTestFinished(() => barrier.close());
  const cli = gatedCli(join(folder, 'gated'), { worker: 'synopsis', point: 'section:figures', port: barrier.port });
  const making = startCommand(['synopsis', lecture], { dataDir, cli });
  await barrier.reached();

  const left = startCommand(['jobs', 'drain'], { dataDir });
  await left.prints(/Still at work: Synopsis “.+”/u);
  left.signal('SIGINT');
  expect((await left.ended).code).toBe(130);
  expect((await left.ended).stderr).toContain('the pause stays');
  expect(await queue()).toMatchObject({ paused: true, live: { 'synopsis.make': { running: 1 } } });

  const overtaken = startCommand(['jobs', 'drain'], { dataDir });
  await overtaken.prints(/Still at work: Synopsis “.+”/u);
  await konspekt(['jobs', 'resume']);
  expect(await overtaken.ended).toMatchObject({ code: 4, stderr: expect.stringContaining('The pause was taken away') as string });

  const other = await konspekt(['jobs', 'drain', '--kind', 'chat.answer']);
  expect(other.stdout).toBe('Nothing of it runs any more: Chat answer. Resume it: konspekt jobs resume --kind chat.answer\n');
  const draining = startCommand(['jobs', 'drain', '--kind', 'synopsis.make'], { dataDir, language: 'ru' });
  await draining.prints(/Ещё выполняется: Конспект «.+»/u);
  barrier.open();
  expect(await draining.ended).toMatchObject({
    code: 0,
    stdout: 'Больше ничего не выполняется: Конспект. Возобновить: konspekt jobs resume --kind synopsis.make\n',
  });
  expect((await making.ended).code).toBe(0);
  expect(await queue()).toMatchObject({ paused: false, pausedKinds: ['synopsis.make', 'chat.answer'].sort() });
});

test('draining without a program pauses the next one', async () => {
  expect(await konspekt(['jobs', 'drain'])).toMatchObject({
    code: 0,
    stdout: 'Nothing runs any more. Resume it: konspekt jobs resume\nKonspekt is not running: this takes effect when it is opened.\n',
  });
  expect(await queue()).toMatchObject({ running: false, paused: true });
});

test('a kind that is none is told with those that are', async () => {
  const { code, stderr } = await konspekt(['jobs', 'pause', '--kind', 'everything']);
  expect(stderr).toContain('It is one of: document.import, synopsis.make, chat.answer');
  expect(code).toBe(2);
});

test('what was not paused is not said to be resumed, and a budget that was not there is not said to be taken away', async () => {
  expect((await konspekt(['jobs', 'resume'])).stdout).toMatch(/^The queue was not paused\.\n/u);
  expect((await konspekt(['jobs', 'resume', '--kind', 'synopsis.make'])).stdout).toMatch(/^It was not paused: Synopsis\.\n/u);
  expect((await konspekt(['jobs', 'resume'], { language: 'ru' })).stdout).toMatch(/^Очередь и не была приостановлена\.\n/u);
  expect((await konspekt(['budgets', 'set', 'program', '--day'])).stdout).toBe(
    'There was no such budget. To set one, give a limit: --tokens, --money, --steps or --minutes.\n',
  );
  await konspekt(['budgets', 'set', 'program', '--day', '--tokens', '5']);
  expect((await konspekt(['budgets', 'set', 'program', '--day'])).stdout).toBe('The budget is taken away.\n');
});

test('a task that waits looks again when it is told to, and one that does not wait says what it does', async () => {
  await konspekt(['budgets', 'set', 'job', '*', '--minutes', '0.001']);
  const making = startCommand(['synopsis', lecture], { dataDir });
  await making.prints('(the budget is used up (konspekt budgets)): en-lecture');
  making.signal('SIGKILL');
  await making.ended;
  const [id = ''] = (await konspekt(['jobs', 'list', '--group', 'needsYou', '--search', 'en-lecture'])).stdout.split(' ');
  expect((await konspekt(['jobs', 'list', '--search', 'no such title'])).stdout).toBe('There are no such tasks.\n');
  const both = await konspekt(['jobs', 'resume', id, '--kind', 'chat.answer']);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('Leave one of them out.') as string });

  const resumed = await konspekt(['jobs', 'resume', id]);
  expect(resumed.stdout).toMatch(/ {2}queued {2}.*: en-lecture\.md\nKonspekt is not running/u);
  const again = await konspekt(['jobs', 'resume', id], { language: 'ru' });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('Задача не ждёт, она в состоянии «в очереди»') as string });
  expect((await konspekt(['jobs', 'resume', '01ARZ3NDEKTSV4RRFFQ69G5FAV'])).code).toBe(6);
});

test('a synopsis is asked for a later time and before others, and what cannot be says what can', async () => {
  const century = await konspekt(['synopsis', lecture, '--at', '2126-11-23 12:00'], { language: 'ru' });
  expect(century).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/2126-11-23 12:00.*откладывать можно не больше чем на 366/su) as string,
  });
  const negative = await konspekt(['synopsis', lecture, '--priority', '-1'], { language: 'ru' });
  expect(negative).toMatchObject({ code: 2, stderr: expect.stringMatching(/-1.*целое число от 0/su) as string });
  const day = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000);
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(part => String(part).padStart(2, '0')).join('-');
  const later = startCommand(['synopsis', lecture, '--at', `${date} 22:00`, '--priority', '7'], { dataDir });
  await later.prints(/begins \d+ \w+ \d{4}, 22:00/u);
  later.signal('SIGKILL');
  await later.ended;

  // Whoever looks at it reads its place, also when it is only in the queue.
  const shown = async () => (await konspekt(['jobs', 'show', id])).stdout;
  const [id = ''] = (await konspekt(['jobs', 'list', '--group', 'queued'])).stdout.split(' ');
  expect(await shown()).toMatch(/ {2}scheduled \(begins \d+ \w+ \d{4}, 22:00\) {2}.*\n {2}Priority 7, begins \d+ \w+ \d{4}, 22:00\n/u);
  const traced = async (format: string) => (await konspekt(['jobs', 'trace', id, '--format', format])).stdout;
  expect(await traced('json')).toMatch(/"priority": ?7,\s*"dueAtMs": ?\d{13}/u);
  expect(await traced('otlp')).toMatch(/konspekt\.job\.priority".{0,120}"7"/su);
  await konspekt(['jobs', 'pause']);
  await konspekt(['jobs', 'try', id]);
  expect(await shown()).toMatch(/\n {2}Priority 7, queued since \d+ \w+ \d{4}, \d\d:\d\d\n/u);
});

test('whoever follows a job that waits reads what it waits for', async () => {
  await konspekt(['budgets', 'set', 'job', '*', '--minutes', '0.001']);
  const making = startCommand(['synopsis', lecture], { dataDir });
  await making.prints('(the budget is used up (konspekt budgets)): en-lecture');
  const waiting = (await konspekt(['jobs', 'list', '--group', 'needsYou', '--json'])).stdout;
  expect(waiting).toContain('"waitReason":"budget"');
  making.signal('SIGINT');
  expect((await making.ended).code).toBe(130);
});
