import { expect, test } from 'vitest';
import { taskLimitNames } from '../../shared/domain/browser.ts';
import { limitForModel, limitForPerson } from './task-limit-words.ts';
import { createTaskLimits, failureLimit, limitOf, stepLimit, stillLimit, workLimitMs, type SpentBefore } from './task-limits.ts';

const fresh: SpentBefore = { steps: 0, workedMs: () => 0, stoppedBy: null };
const times = (count: number, act: (at: number) => void): void => {
  for (let at = 0; at < count; at += 1) act(at);
};

test('steps are counted whether they succeed or not, on top of those of earlier attempts', () => {
  const limits = createTaskLimits({ ...fresh, steps: stepLimit - 3 });
  limits.done('a');
  limits.failed();
  expect(limits.reached()).toBeNull();
  limits.done('b');
  expect(limits.reached()).toBe('limit_steps');
});

test('a task is stopped when it has worked for its time, not before', () => {
  let worked = workLimitMs - 1;
  const limits = createTaskLimits({ ...fresh, workedMs: () => worked });
  expect(limits.reached()).toBeNull();
  worked += 1;
  expect(limits.reached()).toBe('limit_time');
});

test('only failures in a row stop a task', () => {
  const limits = createTaskLimits(fresh);
  times(failureLimit - 1, limits.failed);
  limits.done('a');
  times(failureLimit - 1, limits.failed);
  expect(limits.reached()).toBeNull();
  limits.failed();
  expect(limits.reached()).toBe('limit_failures');
});

test('actions after which the page says the same stop a task; one that changes it begins the count anew', () => {
  const limits = createTaskLimits(fresh);
  times(stillLimit, () => limits.done('same'));
  limits.done('other');
  times(stillLimit - 1, () => limits.done('other'));
  expect(limits.reached()).toBeNull();
  limits.done('other');
  expect(limits.reached()).toBe('limit_still');
});

test('a task that was stopped stays stopped, and so does its next attempt', () => {
  const limits = createTaskLimits(fresh);
  times(failureLimit, limits.failed);
  expect(limits.reached()).toBe('limit_failures');
  limits.done('a');
  expect(limits.reached()).toBe('limit_failures');
  expect(createTaskLimits({ ...fresh, stoppedBy: 'limit_still' }).reached()).toBe('limit_still');
});

test('an outcome is a limit by its name alone', () => {
  expect(taskLimitNames.map(limitOf)).toEqual(taskLimitNames);
  expect([null, 'done' as const, 'declined' as const, 'timeout' as const].map(limitOf)).toEqual([null, null, null, null]);
});

test('each limit is told with its number, what is kept and what to do; nobody is spoken to as a model', () => {
  const told = (language: 'ru' | 'en') => taskLimitNames.map(limit => limitForPerson(limit, language));
  for (const [at, number] of ['200', '30', '6', '12'].entries()) {
    expect(told('ru')[at]).toMatch(new RegExp(`^Браузер остановлен: .*${number}.*сохранено\\. .*нов(ой|ую) задач`, 'u'));
    expect(told('en')[at]).toMatch(new RegExp(`^The browser was stopped: .*${number}.*is kept\\. .*new task`, 'u'));
  }
  expect([...told('ru'), ...told('en')].join(' ')).not.toMatch(/Ответь|Answer with/u);
  expect(limitForModel('limit_steps', 'en')).toContain('Answer with what there is');
});
