import { describe, expect, test } from 'vitest';
import type { UpdateState } from '../../../shared/contract/updates.ts';
import { checkEveryMs, createUpdateDesk, firstCheckMs } from './update-desk.ts';
import { UpdateError, type UpdateSource } from './update-source.ts';

/** A source that answers when it is let, a clock that goes when it is told. */
function openDesk({ running = 0, isWanted = true } = {}) {
  const told: UpdateState[] = [];
  const done: string[] = [];
  const timers: { afterMs: number; work: () => void }[] = [];
  const answers: PromiseWithResolvers<string | null>[] = [];
  let downloading = Promise.withResolvers<void>();
  let tell: ((part: number) => void) | null = null;
  const tasks = { running };
  const source: UpdateSource = {
    check() {
      done.push('check');
      const answer = Promise.withResolvers<string | null>();
      answers.push(answer);
      return answer.promise;
    },
    download(heard) {
      done.push('download');
      downloading = Promise.withResolvers();
      tell = heard;
      return downloading.promise;
    },
    placeOnExit: on => void done.push(on ? 'place on exit' : 'stay on exit'),
    restartInto: () => void done.push('restart'),
  };
  const desk = createUpdateDesk({
    source,
    isWanted: () => isWanted,
    runningTasks: () => tasks.running,
    changed: state => void told.push(state),
    now: () => 5,
    later(afterMs, work) {
      const timer = { afterMs, work };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    report: () => undefined,
  });
  desk.setRestart(from => {
    from.restartInto(() => undefined);
  });
  return {
    desk,
    told,
    done,
    timers,
    tasks,
    ring() {
      const timer = timers.shift();
      timer?.work();
      return timer?.afterMs;
    },
    async found(version: string | null) {
      const checked = desk.check();
      answers.at(-1)?.resolve(version);
      return checked;
    },
    async notFound(error: Error) {
      const checked = desk.check();
      answers.at(-1)?.reject(error);
      return checked;
    },
    arrive(part: number) {
      tell?.(part);
    },
    async arrived() {
      downloading.resolve();
      await downloading.promise;
    },
    async broken(error: Error) {
      downloading.reject(error);
      await downloading.promise.catch(() => undefined);
      await Promise.resolve();
    },
  };
}

describe('newer versions', () => {
  test('without a source nothing is looked for', async () => {
    const timers: unknown[] = [];
    const desk = createUpdateDesk({
      source: 'no_address',
      isWanted: () => true,
      runningTasks: () => 0,
      changed: () => undefined,
      now: () => 0,
      later: () => () => void timers.push(1),
      report: () => undefined,
    });
    expect(await desk.check()).toEqual({ state: 'none', why: 'no_address' });
    expect(() => desk.download()).toThrow('No newer version');
    desk.leaving();
    desk.stop();
    expect(timers).toEqual([]);
  });

  test('it looks a minute after the start and once a day, when the person wants it to', () => {
    const wanted = openDesk();
    expect([wanted.ring(), wanted.ring()]).toEqual([firstCheckMs, checkEveryMs]);
    // The first has not been answered: there is no second beside it.
    expect(wanted.done).toEqual(['check']);
    const unwanted = openDesk({ isWanted: false });
    unwanted.ring();
    expect(unwanted.done).toEqual([]);
    unwanted.desk.stop();
    expect(unwanted.timers).toEqual([]);
  });

  test('it is downloaded on the word of the person alone, and told as it comes', async () => {
    const { desk, found, arrive, arrived, told, done } = openDesk();
    expect(await found('2.0.0')).toEqual({ state: 'available', version: '2.0.0' });
    expect(done).toEqual(['check']);
    desk.download();
    arrive(0.5);
    expect(await desk.check()).toEqual({ state: 'downloading', version: '2.0.0', part: 0.5 });
    await arrived();
    expect(told.map(({ state }) => state)).toEqual(['checking', 'available', 'downloading', 'downloading', 'ready']);
    expect(done).toEqual(['check', 'download']);
  });

  test('nothing newer, an address that does not answer, and a damaged download are told apart', async () => {
    const { desk, found, notFound, broken } = openDesk();
    expect(await found(null)).toEqual({ state: 'current', checkedAtMs: 5 });
    expect(await notFound(new UpdateError('unreachable', 'no route'))).toEqual({ state: 'failed', why: 'unreachable', version: null });
    expect(() => desk.download()).toThrow('No newer version');
    await found('2.0.0');
    desk.download();
    await broken(new UpdateError('damaged', 'sha512'));
    expect(desk.state()).toEqual({ state: 'failed', why: 'damaged', version: '2.0.0' });
    // The version is known: it can be tried again at once.
    expect(desk.download()).toMatchObject({ state: 'downloading', part: 0 });
  });

  test('it never takes the place of a program whose tasks are at work', async () => {
    const { desk, found, arrived, tasks, done } = openDesk({ running: 2 });
    expect(() => {
      desk.install();
    }).toThrow('No newer version has been downloaded');
    await found('2.0.0');
    desk.download();
    await arrived();
    expect(() => {
      desk.install();
    }).toThrow('Tasks are at work (2)');
    desk.leaving();
    tasks.running = 0;
    desk.install();
    desk.leaving();
    expect(done).toEqual(['check', 'download', 'stay on exit', 'restart', 'place on exit']);
  });

  test('what is not downloaded is not put in place at the end', async () => {
    const { desk, found, done } = openDesk();
    await found('2.0.0');
    desk.leaving();
    expect(done).toEqual(['check', 'stay on exit']);
  });
});
