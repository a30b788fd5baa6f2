import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/shared/contract/channel.ts';
import { createClient } from '../../src/shared/contract/client.ts';
import type { ApprovalView } from '../../src/shared/domain/approval.ts';
import { approvalId, jobId, sessionId, type JobId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import { createDispatch, type Dispatch } from '../../src/main/ipc/dispatch.ts';
import { createEventHub, type EventHub } from '../../src/main/ipc/event-hub.ts';
import { ExpectedError } from '../../src/main/ipc/expected-error.ts';
import { stubCalls, stubStreams } from '../support/stub-handlers.ts';

export interface OpenedChannel {
  readonly channel: Channel;
  /** Ends the channel from the host's side. */
  readonly cut: () => Promise<void>;
}

export type OpenChannel = (host: { readonly dispatch: Dispatch; readonly events: EventHub }) => Promise<OpenedChannel>;

const session = sessionId.parse('01a20179-c0a4-75b4-ab00-cbba68aef9b0');
const job = jobId.parse('01a20179-c0a4-75b4-ab00-cbba68aef9b1');

function jobViewOf(id: JobId, stepsDone: number): JobView {
  return {
    id,
    kind: 'synopsis.make',
    state: 'running',
    outcome: null,
    title: 'Конспект 📚',
    sessionId: session,
    attempt: 1,
    maxAttempts: 3,
    priority: 20,
    progress: null,
    waitReason: null,
    dueAtMs: null,
    cancelRequested: false,
    error: null,
    issues: [],
    stepsDone,
    createdAtMs: 1,
    startedAtMs: 1,
    finishedAtMs: null,
    lastNewsAtMs: null,
    undoing: null,
    undecided: 0,
  };
}

function approvalOf(payload: string): ApprovalView {
  return {
    id: approvalId.parse('01a20179-c0a4-75b4-ab00-cbba68aef9b2'),
    jobId: job,
    sessionId: session,
    type: 'approval',
    tool: 'fetch_page',
    title: 'Отправить\u2066 страницу',
    destination: 'https://пример.рф/?q=1',
    payload,
    choices: [],
    whenExpired: 'deny',
    action: null,
    requestedAtMs: 1,
    expiresAtMs: null,
    answered: null,
    isClosed: false,
  };
}

/** What every transport must do. Run with each of them. */
export function channelSuite(name: string, open: OpenChannel): void {
  describe(`${name} carries the contract`, () => {
    async function host(handlers: Partial<Parameters<typeof stubCalls>[0]>, streams: Parameters<typeof stubStreams>[0] = {}) {
      const unexpected: unknown[] = [];
      const events = createEventHub();
      const dispatch = createDispatch({
        calls: stubCalls(handlers),
        streams: stubStreams(streams),
        reportUnexpected: ({ error }) => unexpected.push(error),
      });
      const opened = await open({ dispatch, events });
      return { ...opened, client: createClient(opened.channel), events, unexpected };
    }

    test('a value comes back as it was sent', async () => {
      const { client, cut } = await host({ 'uploads.append': ({ bytes }) => ({ received: bytes.reduce((sum, byte) => sum + byte, 0) }) });
      const uploadId = '7f0c3c8e-2f0b-4a55-9d0a-0a4b8f3f9d11';
      const bytes = new Uint8Array(70_000).fill(3);
      expect(await client.call('uploads.append', { uploadId, offset: 0, bytes })).toEqual({ ok: true, value: { received: 210_000 } });
      await cut();
    });

    test('a declared failure keeps its code; an undeclared one says nothing of itself', async () => {
      const { client, cut, unexpected } = await host({
        'sessions.rename': () => {
          throw new ExpectedError('not_found', 'There is no chat 1.');
        },
        'sessions.markRead': () => {
          throw new Error('secret /home/person/file');
        },
      });
      expect(await client.call('sessions.rename', { sessionId: session, title: 'x' })).toMatchObject({
        ok: false,
        error: { code: 'not_found', message: 'There is no chat 1.' },
      });
      const hidden = await client.call('sessions.markRead', { sessionId: session });
      expect(hidden).toMatchObject({ ok: false, error: { code: 'internal' } });
      expect(JSON.stringify(hidden)).not.toContain('/home');
      expect(unexpected).toHaveLength(1);
      await cut();
    });

    test('input that does not fit is refused before the handler', async () => {
      const { client, cut } = await host({});
      const refused = await client.call('sessions.rename', { sessionId: session, title: '' });
      expect(refused).toMatchObject({ ok: false, error: { code: 'bad_request' } });
      await cut();
    });

    test('what is asked of a person arrives to the letter, and a second answer is refused by its code', async () => {
      const approval = approvalOf('{"text":"\u202E</b>\u0000 👍\uD83D"}');
      let answered = 0;
      const { client, events, cut } = await host({
        'approvals.list': () => ({ approvals: [approval], revision: 0 }),
        'approvals.answer': ({ decision, scope, answer }) => {
          answered += 1;
          if (answered > 1) throw new ExpectedError('already_answered', 'The first answer stands.');
          return { ...approval, answered: { decision, answer, scope, by: 'person', atMs: 2 } };
        },
      });
      expect(await client.call('approvals.list', {})).toEqual({ ok: true, value: { approvals: [approval], revision: 0 } });
      const told = Promise.withResolvers<unknown>();
      client.onEvent('approvals.changed', told.resolve);
      events.publish('approvals.changed', { jobId: job, open: [approval] });
      expect(await told.promise).toEqual({ revision: 1, jobId: job, open: [approval] });
      const answer = { requestKey: '7f0c3c8e-2f0b-4a55-9d0a-0a4b8f3f9d11', approvalId: approval.id, decision: 'allow' } as const;
      expect(await client.call('approvals.answer', answer)).toMatchObject({
        ok: true,
        value: { answered: { scope: 'once', answer: null } },
      });
      expect(await client.call('approvals.answer', answer)).toMatchObject({ ok: false, error: { code: 'already_answered' } });
      await cut();
    });

    test('calls are answered out of order when one is slow', async () => {
      const gate = Promise.withResolvers<void>();
      const { client, cut } = await host({
        'sessions.markRead': async () => {
          await gate.promise;
          return {};
        },
        'uploads.abort': () => ({}),
      });
      const slow = client.call('sessions.markRead', { sessionId: session });
      expect(await client.call('uploads.abort', { uploadId: '7f0c3c8e-2f0b-4a55-9d0a-0a4b8f3f9d11' })).toEqual({ ok: true, value: {} });
      gate.resolve();
      expect(await slow).toEqual({ ok: true, value: {} });
      await cut();
    });

    test('events arrive in order with their revisions', async () => {
      const { client, events, cut } = await host({});
      const seen: number[] = [];
      const third = Promise.withResolvers<void>();
      client.onEvent('location.changed', ({ revision }) => {
        seen.push(revision);
        if (revision === 3) third.resolve();
      });
      for (let sent = 0; sent < 3; sent += 1) events.publish('location.changed', { location: { kind: 'session', sessionId: session } });
      await third.promise;
      expect(seen).toEqual([1, 2, 3]);
      await cut();
    });

    test('a stream gives every chunk once, in order, and ends', async () => {
      const total = 100;
      const { client, cut } = await host(
        {},
        {
          'jobs.follow': async function* ({ jobId: id }) {
            for (let at = 0; at < total; at += 1) {
              await Promise.resolve();
              yield jobViewOf(id, at);
            }
          },
        },
      );
      const chunks: number[] = [];
      const end = await new Promise(resolve => {
        client.openStream('jobs.follow', { jobId: job }, { onChunk: chunk => chunks.push(chunk.stepsDone), onEnd: resolve });
      });
      expect(end).toBeNull();
      expect(chunks).toEqual(Array.from({ length: total }, (_, at) => at));
      await cut();
    });

    test('a stream that fails says so after its chunks', async () => {
      const { client, cut } = await host(
        {},
        {
          'jobs.follow': async function* ({ jobId: id }) {
            yield jobViewOf(id, 1);
            await Promise.resolve();
            throw new ExpectedError('not_found', 'It was removed.');
          },
        },
      );
      const chunks: number[] = [];
      const end = await new Promise(resolve => {
        client.openStream('jobs.follow', { jobId: job }, { onChunk: chunk => chunks.push(chunk.stepsDone), onEnd: resolve });
      });
      expect(chunks).toEqual([1]);
      expect(end).toMatchObject({ code: 'not_found' });
      await cut();
    });

    test('a cancelled stream stops its producer', async () => {
      const stopped = Promise.withResolvers<void>();
      const { client, cut } = await host(
        {},
        {
          'jobs.follow': async function* ({ jobId: id }, { signal }) {
            try {
              for (let at = 0; !signal.aborted; at += 1) {
                yield jobViewOf(id, at);
                await new Promise(resolve => setImmediate(resolve));
              }
            } finally {
              stopped.resolve();
            }
          },
        },
      );
      const first = Promise.withResolvers<void>();
      const cancel = client.openStream('jobs.follow', { jobId: job }, { onChunk: () => first.resolve(), onEnd: () => undefined });
      await first.promise;
      cancel();
      await stopped.promise;
      await cut();
    });

    test('a producer runs no further ahead than the reader has asked', async () => {
      let produced = 0;
      const { client, cut } = await host(
        {},
        {
          'jobs.follow': async function* ({ jobId: id }) {
            for (;;) {
              produced += 1;
              yield jobViewOf(id, produced);
              await Promise.resolve();
            }
          },
        },
      );
      const tenth = Promise.withResolvers<void>();
      let read = 0;
      const cancel = client.openStream(
        'jobs.follow',
        { jobId: job },
        {
          onChunk() {
            read += 1;
            // Reading all that was asked for and no more; the client then grants as it reads.
            if (read === 10) {
              cancel();
              tenth.resolve();
            }
          },
          onEnd: () => undefined,
        },
      );
      await tenth.promise;
      expect(produced).toBeLessThanOrEqual(64);
      await cut();
    });

    test('when the host goes, calls under way fail as disconnected or are answered, never hang', async () => {
      const { client, channel, cut } = await host({ 'sessions.markRead': () => new Promise(() => undefined) });
      const lost = new Promise<void>(resolve => {
        channel.onState(state => {
          if (state === 'lost') resolve();
        });
      });
      const waiting = client.call('sessions.markRead', { sessionId: session });
      await cut();
      await lost;
      expect(await waiting).toMatchObject({ ok: false, error: { code: 'disconnected' } });
    });
  });
}
