import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { CallOutput } from '../../src/shared/contract/contract.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { value } from '../support/program/running-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let open: TestApp;
beforeEach(({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  open = openTestApp(folder.path);
  onTestFinished(() => open.close());
});

const report = [
  'Насос в подвале шумит по вечерам и мешает соседям. Глеб снял с него фильтр и нашёл в нём песок.',
  'Решили заменить фильтр до пятницы. Анна закажет новый фильтр и два уплотнения.',
  'Трубы лежат на складе с марта 2024 года. Их семьдесят две, каждая по три метра длиной.',
  'Гидравлический удар — это резкий скачок давления в трубе при быстром закрытии крана.',
  'Кто заберёт трубы со склада, пока неизвестно. Склад закрывается в шесть часов вечера.',
].join('\n\n');

function ended(client: Client, versionId: string): Promise<void> {
  return new Promise(resolve => {
    const stop = client.onEvent('synopses.changed', event => {
      if (event.versionId !== versionId || event.state === 'making') return;
      stop();
      resolve();
    });
  });
}

async function addText(client: Client, sessionId: SessionId, name: string, text: string): Promise<void> {
  const ready = new Promise<void>(resolve => {
    const stop = client.onEvent('documents.changed', ({ documents }) => {
      if (!documents.some(document => document.title === name && document.state === 'ready')) return;
      stop();
      resolve();
    });
  });
  value(await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name, text } }));
  await ready;
}

/** Resolves once what was asked for is made, even if it was before anybody listened. */
async function made(client: Client, sessionId: SessionId, started: { readonly id: string }): Promise<CallOutput<'synopses.open'>> {
  const done = ended(client, started.id);
  const now = value(await client.call('synopses.open', { sessionId }));
  const under = [...now.versions, ...(now.proposal === null ? [] : [now.proposal.version])].find(({ id }) => id === started.id);
  if (under?.state === 'making') await done;
  return value(await client.call('synopses.open', { sessionId }));
}

test('a synopsis lives on: it falls behind, is refreshed in part, taken, annotated, remade and taken back', async () => {
  const { client } = open;
  const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID() }));
  await addText(client, sessionId, 'report.txt', report);
  const asked = value(
    await client.call('synopses.request', { sessionId, requestKey: randomUUID(), detail: 'standard', template: 'article' }),
  );
  const first = await made(client, sessionId, asked.version);
  expect(first.version).toMatchObject({ number: 1, trigger: 'request', madeBy: [{ kind: 'extractive' }] });
  expect(value(await client.call('synopses.freshness', { sessionId })).stale).toEqual([]);

  // A note is a version, and is in every later one.
  value(
    await client.call('synopses.putNote', { requestKey: randomUUID(), sessionId, after: 'summary', text: 'Спросить Глеба про *песок*.' }),
  );

  // What was added is named at each section that was made without it.
  await addText(
    client,
    sessionId,
    'minutes.txt',
    'Решили закрыть старый склад. Борис перевезёт трубы до 14 марта. Новый склад открывается в мае 2025 года.',
  );
  const { stale } = value(await client.call('synopses.freshness', { sessionId }));
  expect(stale.find(({ kind }) => kind === 'decisions')?.reasons).toMatchObject([{ code: 'source_added', title: 'minutes.txt' }]);
  expect(stale.some(({ kind }) => kind === 'contradictions')).toBe(false);

  const refresh = value(await client.call('synopses.refresh', { sessionId, requestKey: randomUUID() }));
  const proposed = await made(client, sessionId, refresh.version);
  expect(proposed.version).toMatchObject({ number: 2, trigger: 'note' });
  const kinds = (proposed.proposal?.sections ?? []).map(({ kind }) => kind);
  expect(kinds).toContain('decisions');
  const proposalId = proposed.proposal?.version.id;
  if (proposalId === undefined) throw new Error('It was proposed.');
  const toldOfIt = async () => value(await client.call('notices.list', {})).notices.find(({ event }) => event === 'proposal');
  expect(await toldOfIt()).toMatchObject({ sessionId, isRead: false });
  value(await client.call('synopses.decide', { requestKey: randomUUID(), proposalId, kinds: ['decisions'], accept: true }));
  // Deciding about it, here or anywhere, is having read that it is there.
  expect(await toldOfIt()).toMatchObject({ isRead: true });
  const rest = kinds.filter(kind => kind !== 'decisions');
  if (rest.length > 0) value(await client.call('synopses.decide', { requestKey: randomUUID(), proposalId, kinds: rest, accept: false }));
  const taken = value(await client.call('synopses.open', { sessionId }));
  expect(taken.proposal).toBeNull();
  expect(taken.version).toMatchObject({ number: 3, trigger: 'refresh', jobId: null, notes: [{ after: 'summary' }] });
  expect(JSON.stringify(taken.version?.sections.find(({ kind }) => kind === 'decisions'))).toContain('закрыть старый склад');
  // What a person chose to leave is not brought up again for the same material.
  expect(value(await client.call('synopses.freshness', { sessionId })).stale).toEqual([]);
  expect(await client.call('synopses.refresh', { sessionId, requestKey: randomUUID() })).toMatchObject({
    ok: false,
    error: { code: 'nothing_stale' },
  });

  // One section anew; an instruction needs a model.
  const instructed = { sessionId, requestKey: randomUUID(), kind: 'tasks' as const, instruction: 'Короче' };
  expect(await client.call('synopses.regenerate', instructed)).toMatchObject({ ok: false, error: { code: 'no_model' } });
  const requestKey = randomUUID();
  const again = value(await client.call('synopses.regenerate', { sessionId, requestKey, kind: 'tasks' }));
  // The same request again is the same one.
  expect(value(await client.call('synopses.regenerate', { sessionId, requestKey, kind: 'tasks' })).version.id).toBe(again.version.id);
  const remade = await made(client, sessionId, again.version);
  expect(remade.version).toMatchObject({ number: 4, trigger: 'regenerate', only: ['tasks'], notes: [{ after: 'summary' }] });
  expect(remade.version?.sections).toHaveLength(first.version?.sections.length ?? 0);

  // A notice of an earlier change is still on the screen; it takes back that one and nothing else.
  expect(await client.call('synopses.undo', { requestKey: randomUUID(), sessionId, undoes: taken.version?.id ?? null })).toMatchObject({
    ok: false,
    error: { code: 'changed_since' },
  });
  const undone = value(await client.call('synopses.undo', { requestKey: randomUUID(), sessionId, undoes: remade.version?.id ?? null }));
  expect(undone).toMatchObject({ undone: { trigger: 'regenerate' }, version: { number: 5, trigger: 'restore' } });
  const firstId = first.version?.id;
  if (firstId === undefined) throw new Error('It was made.');
  value(await client.call('synopses.restore', { requestKey: randomUUID(), versionId: firstId }));
  const last = value(await client.call('synopses.open', { sessionId }));
  expect(last.version).toMatchObject({ number: 6, basedOn: firstId, notes: [{ text: 'Спросить Глеба про *песок*.' }] });
  expect(last.version?.sections).toEqual(first.version?.sections);
  expect(value(await client.call('synopses.open', { sessionId, versionId: firstId })).version).toEqual(first.version);
  const { markdown } = value(await client.call('synopses.exportMarkdown', { versionId: last.version?.id ?? firstId, language: 'ru' }));
  expect(markdown).toContain('> Спросить Глеба про *песок*.');
});

test('a message makes sections outdated, and the library finds the synopsis by that, by its words and by its tags', async () => {
  const { client } = open;
  const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID() }));
  await addText(client, sessionId, 'report.txt', report);
  const asked = value(await client.call('synopses.request', { sessionId, requestKey: randomUUID(), detail: 'short', template: 'meeting' }));
  const { version } = await made(client, sessionId, asked.version);
  const list = async (filter: object) => value(await client.call('synopses.list', filter)).synopses;
  expect(await list({ isStale: true })).toEqual([]);
  const marked = new Promise<void>(resolve => {
    const stop = client.onEvent('synopses.changed', event => {
      if (event.state !== 'ready') return;
      stop();
      resolve();
    });
  });
  value(
    await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'Решили перенести замену фильтра на понедельник.' }),
  );
  await marked;
  const { stale } = value(await client.call('synopses.freshness', { sessionId }));
  expect(stale[0]?.reasons).toMatchObject([{ code: 'messages_added', count: 1 }]);
  expect(await list({ isStale: true })).toMatchObject([{ sessionId, isStale: true }]);
  const synopsisId = version?.synopsisId;
  if (synopsisId === undefined) throw new Error('It was made.');
  value(await client.call('synopses.setTags', { requestKey: randomUUID(), synopsisId, tags: [' Дом  и сад '] }));
  expect(await list({ tag: 'дом и сад', search: 'фильтры', template: 'meeting', language: 'ru', withSnippets: true })).toMatchObject([
    { tags: ['Дом и сад'], snippet: { marks: [{}] } },
  ]);
  expect(await list({ tag: 'дом и сад', template: 'lecture' })).toEqual([]);
});

test('of two chats that say the same, each counts its own new messages', async () => {
  const { client } = open;
  const say = async (sessionId: SessionId, text: string) =>
    void value(await client.call('messages.send', { sessionId, requestKey: randomUUID(), text }));
  const chats: SessionId[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID() }));
    chats.push(sessionId);
    for (const part of report.split('\n\n')) await say(sessionId, part);
    const asked = value(
      await client.call('synopses.request', { sessionId, requestKey: randomUUID(), detail: 'standard', template: 'article' }),
    );
    await made(client, sessionId, asked.version);
  }
  for (const sessionId of chats) {
    await say(sessionId, 'Новый фильтр привезли во вторник утром, и насос больше не шумит.');
    const { stale } = value(await client.call('synopses.freshness', { sessionId }));
    expect(stale.length).toBeGreaterThan(0);
    expect(new Set(stale.flatMap(({ reasons }) => reasons).map(reason => JSON.stringify(reason)))).toEqual(
      new Set([JSON.stringify({ code: 'messages_added', count: 1 })]),
    );
  }
});
