// What cannot be a job is refused with a declared code and a sentence that states the value and the cure, and leaves nothing behind.
import { randomUUID } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asExpected } from '../../../src/main/app/calls/as-expected.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { createDispatch } from '../../../src/main/ipc/dispatch.ts';
import { contract } from '../../../src/shared/contract/contract.ts';
import type { SessionId } from '../../../src/shared/domain/ids.ts';
import { en } from '../../../src/renderer/i18n/en.ts';
import { ru } from '../../../src/renderer/i18n/ru.ts';
import { openTestApp, type TestApp } from '../../support/open-test-app.ts';
import { stubCalls, stubStreams } from '../../support/stub-handlers.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const centuryMs = 100 * 365 * 24 * 60 * 60 * 1000;
const caller = { channelId: 'c', kind: 'window' as const, signal: new AbortController().signal };

describe('through the routes of the whole program', () => {
  let folder: ReturnType<typeof tempFolder>;
  let program: TestApp;
  let sessionId: SessionId;
  beforeEach(async () => {
    folder = tempFolder();
    program = openTestApp(folder.path);
    await program.client.call('app.setPaused', { paused: true });
    const chat = await program.client.call('sessions.create', { requestKey: randomUUID(), title: 'Ponds' });
    if (!chat.ok) throw new Error(chat.error.code);
    sessionId = chat.value.id;
    const from = {
      kind: 'text' as const,
      name: 'ponds.md',
      text: '# Ponds\n\nThe pond in the yard is fed by rain and holds ten thousand litres.\n',
    };
    await program.client.call('documents.add', { sessionId, requestKey: randomUUID(), from });
  });
  afterEach(async () => {
    await program.close();
    folder.remove();
  });

  test.each([
    ['a negative priority', { priority: -1 }, 'bad_priority', /The priority is -1; it is a whole number from 0.* to 100/u],
    ['half a priority', { priority: 0.5 }, 'bad_priority', /0\.5/u],
    ['a delay of a century', { dueAtMs: Date.now() + centuryMs }, 'bad_due_time', /due in 36500 days; at most 366/u],
    ['a time before 1970', { dueAtMs: -1 }, 'bad_due_time', /is -1/u],
    ['a key of 10 kB', { requestKey: 'k'.repeat(10_000) }, 'bad_request', /"requestKey" .*k{20}/u],
  ])('%s', async (_, wrong, code, sentence) => {
    const asked = await program.client.call('synopses.request', { sessionId, requestKey: randomUUID(), ...wrong });
    expect(asked).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(sentence) as string } });
    const { jobs } = value(await program.client.call('jobs.list', {}));
    expect(jobs.map(job => job.kind)).toEqual(['document.import']);
    expect(value(await program.client.call('synopses.open', { sessionId })).versions).toEqual([]);
  });

  test('an unknown kind, and a cron expression that never comes', async () => {
    const kind = 'mail.send' as 'chat.answer';
    expect(await program.client.call('jobs.setKindPaused', { kind, paused: true })).toMatchObject({
      ok: false,
      error: { code: 'bad_request', message: expect.stringMatching(/"kind" is "mail\.send"; it takes one of .*chat\.answer/u) as string },
    });
    const work = { kind: 'synopsis.make' as const, sessionId };
    const never = { requestKey: randomUUID(), work, cron: '0 0 30 2 *', timeZone: 'UTC' };
    expect(await program.client.call('schedules.save', never)).toMatchObject({
      ok: false,
      error: { code: 'never_comes', message: expect.stringContaining('0 0 30 2 *') as string },
    });
  });

  test('what is asked for later is scheduled with its priority', async () => {
    const dueAtMs = Date.now() + 3_600_000;
    const { version } = value(await program.client.call('synopses.request', { sessionId, requestKey: randomUUID(), dueAtMs, priority: 7 }));
    const { job } = value(await program.client.call('jobs.inspect', { jobId: version.jobId }));
    expect(job).toMatchObject({ state: 'scheduled', dueAtMs });
  });
});

describe('what the engine refuses behind a good request', () => {
  const enqueues = Object.entries(contract).flatMap(([name, route]) =>
    route.kind !== 'event' && (route.errors as readonly string[]).includes('queue_full')
      ? [{ name, errors: route.errors as readonly string[] }]
      : [],
  );
  /** These put a job back as it is stored, which was taken before. */
  const again = ['jobs.retry', 'jobs.retryFrom', 'jobs.decide'];

  test('each route that makes a job declares it', () => {
    expect(enqueues.map(({ name }) => name)).toContain('documents.add');
    for (const { name, errors } of enqueues)
      if (!again.includes(name)) expect(errors, name).toEqual(expect.arrayContaining(['payload_too_large', 'bad_payload', 'storage_full']));
  });

  test.each(['payload_too_large', 'bad_payload', 'bad_request', 'bad_priority', 'bad_due_time'] as const)(
    '%s is no fault of the program',
    async code => {
      const reported: unknown[] = [];
      const dispatch = createDispatch({
        calls: stubCalls({
          'synopses.request': () => {
            throw new EngineError(code, 'The value is 5; at most 4 are kept.');
          },
        }),
        streams: stubStreams({}),
        reportUnexpected: report => reported.push(report),
        translate: asExpected,
      });
      const sessionId = newUuid();
      expect(await dispatch.call('synopses.request', { sessionId, requestKey: randomUUID() }, caller)).toEqual({
        ok: false,
        error: { code, message: 'The value is 5; at most 4 are kept.', retryable: false },
      });
      expect(reported).toEqual([]);
      for (const { errors } of [ru, en]) expect(errors[code].length).toBeGreaterThan(20);
    },
  );
});

function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
