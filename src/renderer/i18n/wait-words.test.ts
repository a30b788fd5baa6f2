import { describe, expect, test } from 'vitest';
import { createMemoryBackend } from '../../../test/support/memory-backend.ts';
import { waitReasons } from '../../shared/domain/job-state.ts';
import type { JobView, ReachedLimit } from '../../shared/domain/job.ts';
import { describeJob } from './job-words.ts';
import { describeHold, explainHold, holdOf } from './wait-words.ts';
import { speech } from '../../../test/support/speech.ts';

const nowMs = new Date(2026, 4, 3, 12).getTime();
const { newJob } = createMemoryBackend({ nowMs, systemLocale: 'ru' });
const [ru, en] = [speech.ru, speech.en];
const minute = 60_000;
const waiting = (reason: JobView['waitReason'], wait?: Partial<NonNullable<JobView['wait']>>) =>
  newJob('chat.answer', null, 'x', {
    state: 'waiting',
    waitReason: reason,
    wait: { untilMs: nowMs + minute, ends: 'resume', limit: null, ...wait },
  });

describe('a wait says how it ends', () => {
  test('by a person, by the world, by the day', () => {
    expect(describeJob(waiting('approval', { ends: 'cancel' }), ru, nowMs)).toBe('Ждёт вашего разрешения, в 12:01 остановится');
    expect(describeJob(waiting('approval'), ru, nowMs)).toBe('Ждёт вашего разрешения, без ответа в 12:01 будет отклонено');
    expect(describeJob(waiting('answer'), ru, nowMs)).toBe('Ждёт вашего ответа, в 12:01 продолжится без него');
    expect(describeJob(waiting('network'), ru, nowMs)).toBe('Ждёт сети, следующая проверка в 12:01');
    expect(describeJob(waiting('provider', { ends: 'fail' }), en, nowMs)).toBe('Waiting for the model’s provider, fails at 12:01');
    expect(describeJob(waiting('budget'), ru, nowMs)).toBe('Предел на сегодня израсходован, продолжится в 12:01');
    expect(describeJob(waiting('budget', { untilMs: null }), ru, nowMs)).toBe('Достигнут предел, ждёт вашего решения');
  });

  test('by a limit, which is named with whose it is and how much it allows', () => {
    const job = waiting('budget', { untilMs: null });
    const reached = (limit: ReachedLimit, untilMs: number | null = null): JobView => ({ ...job, wait: { untilMs, ends: 'resume', limit } });
    const tokens = { period: 'day', unit: 'tokens', limit: 1_000 } as const;
    expect(describeJob(reached({ scope: 'program', subject: '', ...tokens }, nowMs + minute), ru, nowMs)).toBe(
      'Предел на сегодня израсходован, продолжится в 12:01. Вся программа: не больше 1\u00a0000 токенов в день',
    );
    expect(describeJob(reached({ scope: 'job', subject: '*', period: 'ever', unit: 'wallMs', limit: 600 }), ru, nowMs)).toBe(
      'Достигнут предел, ждёт вашего решения. Каждая задача: не больше 0,6 с за всё время',
    );
    expect(describeJob(reached({ scope: 'job', subject: job.id, period: 'ever', unit: 'moneyMinor', limit: 50 }), en, nowMs)).toContain(
      '. This task: no more than $0.5 in all',
    );
    expect(describeJob(reached({ scope: 'program', subject: '', period: 'day', unit: 'tokens' }), ru, nowMs)).toBe(
      'Достигнут предел, ждёт вашего решения',
    );
  });

  test('a synopsis and an answer wait for documents, a browser task for its login, any other job for the jobs it began', () => {
    expect(holdOf({ ...waiting('children'), kind: 'synopses.export' }, null)?.why).toBe('children');
    for (const kind of ['synopsis.make', 'chat.answer'] as const)
      expect(holdOf({ ...waiting('children'), kind }, null)?.why).toBe('documents');
    expect(describeJob({ ...waiting('children'), kind: 'browser.run' }, ru, nowMs)).toBe(
      'Ждёт входа: им пользуется другая задача, следующая проверка в 12:01',
    );
  });

  test('a job held at a narrow place says at which, unless something wider keeps it', () => {
    const held = newJob('chat.answer', null, 'x', { heldBy: 'session' });
    const status = { running: 0, queued: 1, waiting: 0, paused: false, workers: [], storage: 'ok' } as const;
    expect(describeJob(held, ru, nowMs, { ...status, workers: [] })).toBe('В очереди: в этом чате уже идёт такая задача');
    expect(holdOf(held, { ...status, workers: [], paused: true })).toEqual({ why: 'pause' });
  });

  test('a browser task says that all browsers are busy; of other kinds a person has set no number', () => {
    const status = { running: 2, queued: 1, waiting: 0, paused: false, workers: [], storage: 'ok' } as const;
    const full = { ...status, workers: [], fullKinds: ['browser.run' as const, 'document.import' as const] };
    const task = newJob('browser.run', null, 'x');
    expect(describeJob(task, ru, nowMs, full)).toBe('В очереди: все браузеры заняты другими задачами');
    expect(explainHold({ why: 'browsers' }, en)).toContain('as soon as one of those at work has ended');
    expect(holdOf(task, { ...status, workers: [] })).toBeNull();
    expect(holdOf(newJob('document.import', null, 'x'), full)).toBeNull();
    expect(holdOf(task, { ...full, paused: true })).toEqual({ why: 'pause' });
  });

  test('every reason is explained in both languages', () => {
    const jobs = [
      ...waitReasons.map(reason => waiting(reason)),
      newJob('chat.answer', null, 'x', { heldBy: 'provider' }),
      newJob('chat.answer', null, 'x', { state: 'scheduled', dueAtMs: nowMs + minute }),
    ];
    for (const job of jobs) {
      const hold = holdOf(job, null);
      if (hold === null) throw new Error(`${job.state} ${job.waitReason ?? ''} holds the job for no reason.`);
      for (const speech of [ru, en]) {
        expect(describeHold(hold, job, speech, nowMs)).not.toBe('');
        expect(explainHold(hold, speech)).toMatch(/\.$/u);
      }
    }
    expect(holdOf(newJob('chat.answer', null, 'x', { state: 'running' }), null)).toBeNull();
    expect(describeJob(newJob('chat.answer', null, 'x', { state: 'scheduled', dueAtMs: nowMs + minute }), ru, nowMs)).toBe(
      'Начнётся в 12:01',
    );
  });
});
