import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNetworkWaits } from '../../../src/main/app/models/network-waits.ts';
import { chatAnswer, type ChatAnswerParams } from '../../../src/main/app/kinds/chat-answer.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import {
  addDocument,
  addMessage,
  addSession,
  newId,
  noonMs,
  plainStore,
  testFolder,
  type PlainStore,
  type TestFolder,
} from '../store/store-fixture.ts';

let folder: TestFolder;
let plain: PlainStore;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

/** A question in a chat and the job of its answer. */
function asked(overrides: Partial<ChatAnswerParams> = {}) {
  const { store } = plain;
  const session = addSession(store);
  const question = addMessage(store, session, 'Когда переезд?').id;
  const message = newId.message();
  const id = newId.job();
  store.messages.insert({
    id: message,
    sessionId: session,
    role: 'assistant',
    state: 'pending',
    text: '',
    note: null,
    documentIds: [],
    replyTo: question,
    requestKey: null,
    jobId: id,
    atMs: noonMs,
  });
  const kind = chatAnswer({
    store,
    language: () => 'ru',
    serviceFor: () => null,
    inputFor: () => null,
    hostCall: () => Promise.resolve([]),
    answers: { textOf: () => null, keep: () => undefined },
    network: createNetworkWaits({ resumeInTransaction: () => false, now: () => noonMs }),
    isBeingRead: () => false,
    indexed: () => Promise.resolve(),
    now: () => noonMs,
    leftOut: new Map([[id, new Set(['Смета'])]]),
    ...overrides,
  });
  const job = {
    id,
    sessionId: session,
    payload: { sessionId: session, messageId: message },
    attempt: 1,
    leaseToken: 'l',
    traceId: 't',
    parentId: null,
  };
  return { kind, job, session, text: () => store.messages.shown(session).find(each => each.id === message)?.text };
}

test('what was left out is said even when the transaction of the end is run twice', () => {
  const { kind, job, text } = asked();
  const end = { state: 'done', output: { text: 'В понедельник.', note: 'no_model', citations: [] }, issues: [] } satisfies Parameters<
    NonNullable<(typeof kind)['onEnd']>
  >[1];
  expect(() =>
    plain.store.inTransaction(() => {
      kind.onEnd?.(job, end);
      throw new Error('rolled back');
    }),
  ).toThrow('rolled back');
  kind.onEnd?.(job, end);
  expect(text()).toContain('«Смета»');
});

test('a question asked while a document is being read waits for it', async () => {
  let reading = true;
  const { kind, job } = asked({ isBeingRead: () => reading });
  const parked = await kind.prepare(job).catch((error: unknown) => error);
  expect(parked).toBeInstanceOf(ParkJob);
  const { wait } = parked as ParkJob;
  expect(wait).toMatchObject({ reason: 'children' });
  const look = { store: { hasActiveChildren: () => false }, jobId: job.id };
  expect(wait.isOver?.(look)).toBe(false);
  reading = false;
  // Read in the meantime: the transaction that parks looks again.
  expect(wait.isOver?.(look)).toBe(true);
  expect(await kind.prepare(job)).toMatchObject({ question: 'Когда переезд?' });
});

test('a document that comes while the index is waited for is counted', async () => {
  const { kind, job } = asked({
    indexed: () => {
      addDocument(plain.store, job.sessionId);
      return Promise.resolve();
    },
  });
  expect(await kind.prepare(job)).toMatchObject({ documentsNotReady: 1 });
});
