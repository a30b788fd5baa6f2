import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallContext } from '../../../src/main/app/calls/call-context.ts';
import { versionCalls } from '../../../src/main/app/calls/version-calls.ts';
import { chatSnapshot } from '../../../src/main/app/chat-snapshot.ts';
import { withOwnMessages } from '../../../src/main/app/kinds/own-messages.ts';
import { synopsisMake, synopsisMakePayload } from '../../../src/main/app/kinds/synopsis-make.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import { requestSynopsis, type SynopsisRequest } from '../../../src/main/app/synopsis-request.ts';
import type { VersionId } from '../../../src/shared/domain/ids.ts';
import type { Section, SectionKind } from '../../../src/shared/domain/synopsis.ts';
import {
  addMessage,
  addSession,
  newId,
  noModels,
  noonMs,
  plainStore,
  sectionOf,
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

function chatWithSynopsis() {
  const { store } = plain;
  const sessionId = addSession(store, { title: 'Склад' });
  addMessage(store, sessionId, 'Склад переезжает в понедельник. Решили заказать двадцать коробок.');
  const enqueued: unknown[] = [];
  function request(over: Partial<SynopsisRequest>) {
    const asked = { sessionId, requestKey: randomUUID(), detail: 'short', template: 'meeting', language: null, ...over } as const;
    const engine = {
      enqueueInTransaction({ payload }: { readonly payload: unknown }) {
        enqueued.push(payload);
        return { jobId: newId.job(), created: true };
      },
    };
    const { version } = requestSynopsis(
      { store, jobViews: { view: () => null }, engine, language: () => 'ru', models: { choiceFor: () => null }, now: () => noonMs },
      asked,
    );
    const payload = synopsisMakePayload.parse(enqueued.at(-1));
    const job = { id: version.jobId, sessionId, payload, attempt: 1, leaseToken: 'l', traceId: 't', parentId: null };
    return { version, job, payload };
  }
  const kind = synopsisMake({
    serviceFor: () => null,
    store,
    isBeingRead: () => false,
    lookAtSnapshot: () => Promise.resolve(),
    ...noModels,
    now: () => noonMs,
  });
  const first = request({});
  store.synopses.addSection(first.version.id, sectionOf('summary', 'Кратко.'));
  store.synopses.finishVersion(first.version.id, { state: 'ready', coverage: [], issues: [], atMs: noonMs });
  return { store, sessionId, kind, request, first };
}
const kindsOf = (sections: readonly { readonly kind: SectionKind }[] = []) => sections.map(({ kind }) => kind);

test('a version that is based on another has its plan and the sections that are not made anew', async () => {
  const { store, sessionId, kind, request, first } = chatWithSynopsis();
  const {
    version,
    job: wished,
    payload,
  } = request({
    basedOn: first.version.id,
    only: ['tasks'],
    instruction: ' Короче. ',
    detail: 'full',
    template: 'lecture',
  });
  expect(version).toMatchObject({ template: 'meeting', detail: 'short', number: 2 });
  // Of the decisions there are none to take over: the version before was finished without them.
  expect(payload).toMatchObject({ only: ['decisions', 'tasks'], instruction: 'Короче.', basedOn: first.version.id });
  expect(kindsOf(store.synopses.open(sessionId, version.id)?.sections)).toEqual(['summary']);

  addMessage(store, sessionId, 'Ключи отдаёт Анна до пятницы.');
  // Only a model understands what the person wants, and there is none.
  await expect(kind.prepare(wished)).rejects.toMatchObject({ code: 'no_model', retryable: false });
  const job = { ...wished, payload: { ...payload, instruction: null } };
  const input = await kind.prepare(job);
  expect(input.sections).toEqual(['decisions', 'tasks']);
  // What was taken over does not pin the material: it is that of now until the job has made a section itself.
  const before = input.sources.map(({ snapshotHash }) => snapshotHash);
  addMessage(store, sessionId, 'Ворота откроет Пётр.');
  const later = (await kind.prepare(job)).sources.map(({ snapshotHash }) => snapshotHash);
  expect(later).not.toEqual(before);
});

test('what is missing in sections that were taken over is named again', async () => {
  const { store, kind, request, first } = chatWithSynopsis();
  const { job, version } = request({ basedOn: first.version.id, only: ['decisions', 'tasks'] });
  const summary = sectionOf('summary', 'Кратко.');
  for (const { citations } of summary.items)
    for (const citation of citations) Object.assign(citation, { support: 'missing', start: null, end: null });
  store.synopses.addSection(version.id, summary);
  expect((await kind.prepare(job)).missingBefore).toBe(1);
});

test('a part is not made while a version is being made: whoever asked for it is told so', async () => {
  const { store, sessionId, first, request } = chatWithSynopsis();
  const { version } = request({ basedOn: first.version.id, only: ['summary'], trigger: 'regenerate' });
  const context = {
    store,
    jobViews: { view: () => ({ state: 'running', cancelRequested: false, undoing: null }) },
    engine: {},
    language: () => 'ru',
    models: { choiceFor: () => null, canAnswer: () => ({ can: false }) },
    reader: {},
    changes: {},
    now: () => noonMs,
  } as unknown as CallContext;
  const calls = versionCalls(context);
  const asked = { sessionId, requestKey: randomUUID() };
  const caller = { kind: 'window' } as never;
  await expect(async () => calls['synopses.regenerate']({ ...asked, kind: 'tasks', instruction: null }, caller)).rejects.toMatchObject({
    code: 'being_made',
  });
  await expect(async () => calls['synopses.refresh']({ ...asked, only: ['tasks'] }, caller)).rejects.toMatchObject({ code: 'being_made' });
  expect(store.synopses.making(sessionId)?.id).toBe(version.id);
});

test('a regeneration that is run again has the other sections as they are now', () => {
  const { store, sessionId, kind, request, first } = chatWithSynopsis();
  const finish = (id: VersionId) => store.synopses.finishVersion(id, { state: 'ready', coverage: [], issues: [], atMs: noonMs });
  const tasks = request({ basedOn: first.version.id, only: ['decisions', 'tasks'], trigger: 'regenerate' });
  finish(tasks.version.id);
  const summary = request({ basedOn: tasks.version.id, only: ['summary'], trigger: 'regenerate' });
  store.synopses.addSection(summary.version.id, sectionOf('summary', 'Иначе.'));
  finish(summary.version.id);

  const forked = kind.fork?.(tasks.job);
  if (forked === undefined) throw new Error('It can be run again.');
  store.inTransaction(() => forked.onInserted?.({ id: newId.job(), steps: [] }));
  const making = store.synopses.making(sessionId);
  expect(making?.basedOn).toBe(summary.version.id);
  expect(store.synopses.open(sessionId, making?.id ?? null)?.sections.map(({ items }) => items[0]?.text)).toEqual(['Иначе.']);
});

test('a quote of the chat names this chat’s message, whichever chat said the same words first', () => {
  const { store } = plain;
  const said = 'Склад переезжает в понедельник. Решили заказать двадцать коробок.';
  const [one, other] = [addSession(store), addSession(store)];
  const foreign = addMessage(store, one, said).id;
  const own = addMessage(store, other, said).id;
  const snapshotHash = chatSnapshot(store.messages.shown(other), null)?.hash;
  if (snapshotHash === undefined) throw new Error('It is material.');
  expect(chatSnapshot(store.messages.shown(one), null)?.hash).toBe(snapshotHash);
  const summary = sectionOf('summary', 'Кратко.');
  const quoting = {
    ...summary,
    items: summary.items.map(item => ({
      ...item,
      citations: item.citations.map(each => ({
        ...each,
        source: { kind: 'chat' as const },
        snapshotHash,
        start: 0,
        end: 5,
        messageId: foreign,
        support: 'verified' as const,
      })),
    })),
  } as Section;
  const messagesOf = (section: Section) => section.items.flatMap(({ citations }) => citations.map(({ messageId }) => messageId));
  expect(messagesOf(withOwnMessages(quoting, store, other))).toEqual([own]);
  // What the chat says has changed since: where the words stood is no longer known, but not there.
  addMessage(store, other, 'Ключи отдаёт Анна до пятницы.');
  expect(messagesOf(withOwnMessages(quoting, store, other))).toEqual([null]);
});

test('a provider that cannot be reached parks the job until the network is tried again', async () => {
  const { kind, first } = chatWithSynopsis();
  const { signal } = new AbortController();
  await expect(kind.hostCall?.(first.job, 'network.away', { message: 'refused' }, signal)).rejects.toBeInstanceOf(ParkJob);
  await expect(kind.hostCall?.(first.job, 'work.start', {}, signal)).rejects.toThrow('may not');
});
