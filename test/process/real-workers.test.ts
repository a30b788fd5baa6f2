import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';
import type { TaskEnd } from '../../src/main/engine/task-runner.ts';
import { taskSpecs, type TaskInput } from '../../src/shared/contract/worker/tasks.ts';
import { documentId } from '../../src/shared/domain/ids.ts';
import { makePdf } from '../support/documents/pdf-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { snapshotOf, storeSnapshot, temporaryFolder } from '../support/workers/snapshot-file.ts';
import { chatTask, runWatched, synopsisTask, watch } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';

failOnLeaks();

const text = Array.from({ length: 12 }, (_, n) =>
  [
    `Глава ${n + 1} описывает, как сервис хранит результаты дорогих вычислений в памяти.`,
    'Инвалидация кэша — это удаление записей, которые перестали соответствовать источнику.',
    `В ${2010 + n} году команда сократила время ответа сервиса с 900 до ${120 - n} миллисекунд.`,
  ].join(' '),
).join('\n');
const sections = ['summary', 'theses', 'terms', 'timeline', 'figures'];

function synopsisInput(): string {
  const source = storeSnapshot(temporaryFolder(), snapshotOf(text));
  return JSON.stringify({
    title: 't',
    detail: 'standard',
    template: 'lecture',
    language: 'ru',
    sections,
    sources: [source],
    coverage: [],
    stagingDir: '/nowhere',
  });
}

describe('the synopsis worker', () => {
  test('killed at any step goes on after the last one recorded, and makes the same synopsis', async () => {
    const input = synopsisInput();
    const { runner, pids } = startTestSupervisor({
      entry: 'src/workers/synopsis/entry.ts',
      settings: { maxProcesses: 1, tasksPerProcess: 1 },
    });
    const whole = runWatched(runner, synopsisTask([], { worker: 'synopsis', input }));
    const wholeEnd = await whole.running.ended;
    expect(wholeEnd).toMatchObject({ type: 'done', issues: [] });
    expect(whole.watched.steps.map(step => step.name)).toEqual(sections.map(kind => `section:${kind}`));
    for (const step of whole.watched.steps) {
      for (const item of taskSpecs['synopsis.make'].steps.section.parse(JSON.parse(step.output)).items) {
        for (const citation of item.citations) expect(text.slice(citation.start ?? -1, citation.end ?? -1)).toBe(citation.quote);
      }
    }

    const recorded: { name: string; output: string }[] = [];
    // Each attempt is killed while its second step is being committed, which is then kept as a database would keep it.
    const attemptOnce = (attempt: number): Promise<TaskEnd> => {
      const watched = watch({
        onStep: step => {
          recorded.push({ name: step.name, output: step.output });
          if (step.seq === 2) process.kill(pids.at(-1) ?? 0, 'SIGKILL');
          return Promise.resolve();
        },
      });
      return runWatched(runner, synopsisTask([], { worker: 'synopsis', input, attempt, recorded: [...recorded] }), watched).running.ended;
    };
    expect(await attemptOnce(1)).toMatchObject({ type: 'lost', cause: 'worker_exit' });
    expect(await attemptOnce(2)).toMatchObject({ type: 'lost', cause: 'worker_exit' });
    expect(await attemptOnce(3)).toEqual(wholeEnd);
    expect(recorded).toEqual(whole.watched.steps.map(({ name, output }) => ({ name, output })));
    expect(pids.length).toBe(3);
  });

  test('of a snapshot somebody changed makes nothing', async () => {
    const snapshot = snapshotOf(text);
    const source = storeSnapshot(temporaryFolder(), snapshot, JSON.stringify({ ...snapshot, text: text.replace('900', '901') }));
    const input = JSON.stringify({
      title: 't',
      detail: 'short',
      template: 'brief',
      language: 'ru',
      sections: ['summary'],
      sources: [source],
      coverage: [],
      stagingDir: '/nowhere',
    });
    const { runner } = startTestSupervisor({ entry: 'src/workers/synopsis/entry.ts' });
    const { running, watched } = runWatched(runner, synopsisTask([], { worker: 'synopsis', input }));
    expect(await running.ended).toMatchObject({ type: 'failed', error: { code: 'snapshot_damaged' }, retryable: false });
    expect(watched.steps).toEqual([]);
  });
});

test('the agent worker answers through a search of the database', async () => {
  const { runner } = startTestSupervisor({ entry: 'src/workers/agent/entry.ts' });
  const base = JSON.parse(chatTask('Что такое инвалидация кэша?').input) as Record<string, unknown>;
  const passage = {
    source: { kind: 'document', documentId: base['sessionId'] },
    title: 't',
    snapshotHash: 'a'.repeat(64),
    start: 0,
    end: text.length,
    page: null,
    text,
    prefix: '',
    suffix: '',
    score: -1,
  };
  const watched = watch({ onHostCall: () => Promise.resolve(JSON.stringify([passage])) });
  const { running } = runWatched(runner, chatTask('', { input: JSON.stringify({ ...base, hasDocuments: true }) }), watched);
  const end = await running.ended;
  expect(end).toMatchObject({ type: 'done' });
  const output = taskSpecs['chat.answer'].output.parse(JSON.parse(end.type === 'done' ? end.output : ''));
  expect(output.note).toBe('no_model');
  expect(output.citations[0]?.quote).toContain('Инвалидация кэша — это удаление записей');
});

describe('the documents worker', () => {
  const importTask = (path: string, name: string, stagingDir: string) =>
    chatTask('', {
      kind: 'document.import',
      worker: 'documents',
      input: JSON.stringify({
        documentId: documentId.parse('01920000-0000-7000-8000-000000000001'),
        from: { kind: 'file', path, name },
        stagingDir,
        canLook: false,
        language: 'ru',
      } satisfies TaskInput<'document.import'>),
    });

  test('killed in the middle of a long PDF goes on after the last block of pages, to the same text', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'book.pdf');
    writeFileSync(path, await makePdf(Array.from({ length: 350 }, (_, at) => [{ text: `Page ${at + 1} tells of lighthouse ${at * 7}.` }])));
    const stagingDir = join(folder, 'staging');
    mkdirSync(stagingDir);
    const { runner, pids } = startTestSupervisor({ entry: 'src/workers/documents/entry.ts', settings: poolSettings.documents });
    const recorded: { name: string; output: string }[] = [];
    const attempt = (number: number, killAt: number | null) => {
      const watched = watch({
        onStep: step => {
          recorded.push({ name: step.name, output: step.output });
          if (recorded.length === killAt) process.kill(pids.at(-1) ?? 0, 'SIGKILL');
          return Promise.resolve();
        },
      });
      const task = { ...importTask(path, 'book.pdf', stagingDir), attempt: number, recorded: [...recorded] };
      return runWatched(runner, task, watched).running.ended;
    };
    expect(await attempt(1, 2)).toMatchObject({ type: 'lost', cause: 'worker_exit' });
    // One file is gone; its pages are read again, and nothing else is.
    const [firstPages] = readdirSync(stagingDir).filter(name => name.startsWith('pages-'));
    rmSync(join(stagingDir, firstPages ?? ''));
    const resumed = await attempt(2, null);
    expect(recorded.map(({ name }) => name.replace(/[^:]*-/u, ''))).toEqual(['pages:1', 'pages:101', 'pages:201', 'pages:301']);
    const other = join(folder, 'other');
    mkdirSync(other);
    const whole = await runWatched(runner, importTask(path, 'book.pdf', other)).running.ended;
    if (resumed.type !== 'done' || whole.type !== 'done') throw new Error(JSON.stringify([resumed, whole]));
    expect(JSON.parse(resumed.output)).toEqual(JSON.parse(whole.output));
    expect(JSON.parse(whole.output)).toMatchObject({ pageCount: 350, warnings: [] });
  });

  test('reads each document in a process of its own, and the synopsis worker reads what it staged', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'note.txt');
    writeFileSync(path, text);
    const { runner, pids } = startTestSupervisor({ entry: 'src/workers/documents/entry.ts', settings: poolSettings.documents });
    const ends = await Promise.all(
      ['a', 'b'].map(name => {
        const stagingDir = join(folder, name);
        mkdirSync(stagingDir);
        return runWatched(runner, importTask(path, 'note.txt', stagingDir)).running.ended;
      }),
    );
    expect(pids).toHaveLength(2);
    const [first] = ends;
    if (first?.type !== 'done') throw new Error(`The document was not read: ${JSON.stringify(first)}`);
    const output = taskSpecs['document.import'].output.parse(JSON.parse(first.output));
    expect(output.charCount).toBe(text.length);

    const sources = [
      {
        source: { kind: 'document', documentId: '01920000-0000-7000-8000-000000000001' },
        title: 'note.txt',
        snapshotHash: output.snapshotHash,
        path: join(folder, 'a', output.snapshot.name),
      },
    ];
    const input = JSON.stringify({
      title: 't',
      detail: 'short',
      template: 'brief',
      language: 'ru',
      sections: ['summary'],
      sources,
      coverage: [],
      stagingDir: folder,
    });
    const synopsis = startTestSupervisor({ entry: 'src/workers/synopsis/entry.ts' });
    expect(await runWatched(synopsis.runner, synopsisTask([], { worker: 'synopsis', input })).running.ended).toMatchObject({
      type: 'done',
    });
  });

  test('refuses what is no document, and is none the worse for it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'bad.pdf');
    writeFileSync(path, '%PDF-1.7\n%%EOF');
    const { runner } = startTestSupervisor({ entry: 'src/workers/documents/entry.ts', settings: poolSettings.documents });
    const end = await runWatched(runner, importTask(path, 'bad.pdf', folder)).running.ended;
    expect(end).toMatchObject({ type: 'failed', retryable: false, error: { code: 'damaged' } });
  });
});
