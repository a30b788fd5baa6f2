import { describe, expect, test } from 'vitest';
import { createMemoryBackend } from '../../../test/support/memory-backend.ts';
import { describeJob, isStoppable } from './job-words.ts';
import { describeStep } from './step-words.ts';
import { describeTrail } from './trail-words.ts';
import { speech } from '../../../test/support/speech.ts';

const nowMs = new Date(2026, 4, 3, 12).getTime();
const { newJob } = createMemoryBackend({ nowMs, systemLocale: 'ru' });
const [ru, en] = [speech.ru, speech.en];
const status = { running: 0, queued: 1, waiting: 0, paused: false, pausedKinds: [], workers: [], storage: 'ok' } as const;

describe('why a job does not run', () => {
  const queued = newJob('synopsis.make', null, 'x');
  test('a pause, a pause of its kind, a full disk and a broken worker are named', () => {
    expect(describeJob(queued, ru, nowMs, { ...status, pausedKinds: [], workers: [] })).toBe('В очереди');
    expect(describeJob(queued, ru, nowMs, { ...status, paused: true, pausedKinds: [], workers: [] })).toBe('В очереди: очередь на паузе');
    expect(describeJob(queued, en, nowMs, { ...status, pausedKinds: ['synopsis.make'], workers: [] })).toBe('Queued: “Synopses” is paused');
    expect(describeJob(queued, ru, nowMs, { ...status, pausedKinds: ['chat.answer'], workers: [] })).toBe('В очереди');
    expect(describeJob(queued, ru, nowMs, { ...status, storage: 'full', pausedKinds: [], workers: [] })).toContain('на диске нет места');
    const broken = { name: 'synopsis', state: 'broken', running: 0, restarts: 5, retryAtMs: nowMs + 60_000 } as const;
    expect(describeJob(queued, ru, nowMs, { ...status, pausedKinds: [], workers: [broken] })).toContain('новый запуск в 12:01');
    // Another worker's trouble is not this job's.
    expect(describeJob(newJob('chat.answer', null, 'x'), ru, nowMs, { ...status, pausedKinds: [], workers: [broken] })).toBe('В очереди');
  });

  test('the next attempt has its number and its time of day', () => {
    const job = newJob('document.import', null, 'x', {
      state: 'scheduled',
      dueAtMs: nowMs + 60_000,
      error: { code: 'timed_out', message: '' },
    });
    expect(describeJob(job, en, nowMs)).toMatch(/^Attempt 2 of 4 begins at 12:01: /u);
  });

  test('what is undone and what waits for a decision comes before the state', () => {
    const undone = newJob('synopses.export', null, 'x', { state: 'running', undoing: 'cancelled', cancelRequested: true });
    expect(describeJob(undone, ru, nowMs)).toBe('Отменяет сделанное, потом остановится');
    expect(isStoppable(undone)).toBe(false);
    expect(describeJob({ ...undone, state: 'waiting', waitReason: 'answer', undecided: 1 }, ru, nowMs)).toBe('Ждёт вашего решения');
    expect(describeJob({ ...undone, state: 'failed' }, ru, nowMs)).toContain('Не всё удалось отменить');
  });
});

describe('steps and the log', () => {
  const subjects = { 'file:1': 'Пруды' };
  test('names of steps are words', () => {
    expect(describeStep('setup', ru)).toBe('Знакомство с моделью');
    expect(describeStep('section:terms', ru)).toBe('Раздел «Термины»');
    expect(describeStep('file:1', ru, subjects)).toBe('Файл «Пруды»');
    expect(describeStep('undo:file:1', ru, subjects)).toBe('Отмена: Файл «Пруды»');
    expect(describeStep('file:2', en, subjects)).toBe('File of a synopsis');
    expect(describeStep('toString', en)).toBe('toString');
    expect(describeStep('ask:notes-0123456789abcdef', ru)).toBe('Модель читает часть материала');
    expect(describeStep('ask:tasks-proof-0123456789abcdef', en)).toBe('The model writes the section “Tasks”');
    expect(describeStep('ask:toString-0123456789abcdef', en)).toBe('ask:toString-0123456789abcdef');
  });

  test('lines are words, and what only a programmer reads is left out', () => {
    expect(describeTrail({ type: 'dispatched', detail: 'file:1' }, ru, subjects)).toBe('Отправлено: Файл «Пруды»');
    expect(describeTrail({ type: 'decided', detail: 'done: file:1' }, ru, subjects)).toBe(
      'Решено вами: Файл «Пруды» (вы отметили выполненным)',
    );
    expect(describeTrail({ type: 'superseded', detail: '2, 3' }, ru)).toBe('Отложены, чтобы выполнить снова, шаги: 2, 3');
    expect(describeTrail({ type: 'returned', detail: 'The program is closing.' }, ru)).toBe('Возвращена в очередь');
    expect(describeTrail({ type: 'returned', detail: 'program_ended: The program ended.' }, ru)).toBe(
      'Возвращена в очередь: программа закрылась во время работы',
    );
    expect(describeTrail({ type: 'waiting', detail: 'network' }, ru)).toBe('Ждёт сети');
    expect(describeTrail({ type: 'valueOf', detail: 'x' }, ru)).toBe('valueOf');
  });
});
