import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { JobView } from '../../../src/shared/domain/job.ts';
import { synopsisVersion, type SynopsisVersion } from '../../../src/shared/domain/synopsis.ts';
import { openAnsweringChat, type AnsweringChat } from '../../support/answering-chat.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import type { ScriptedReply } from '../../support/scripted-models/script.ts';
import { startScriptedServer } from '../../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';

failOnLeaks();

const told = 'Склад переезжает в понедельник, 12 мая. Решили заказать двадцать коробок для посуды. Ключи от ворот отдаёт Анна до пятницы.';
const proof = (quote: string) => [{ source: 1, quote }];
/** Answers what is asked for, whatever that is. */
function model(lastText: string): ScriptedReply {
  const items = lastText.includes('«Решения»')
    ? [{ text: 'Закажут коробки.', quotes: proof('Решили заказать двадцать коробок') }]
    : lastText.includes('«Задачи»')
      ? [{ text: 'Отдать ключи.', who: 'Анна', due: 'до пятницы', quotes: proof('Ключи от ворот отдаёт Анна до пятницы') }]
      : lastText.includes('«Коротко»')
        ? [{ text: 'Склад переезжает 12 мая.', quotes: proof('Склад переезжает в понедельник, 12 мая') }]
        : [
            { item: 1, verdict: 'supported' },
            { item: 2, verdict: 'supported' },
            { item: 3, verdict: 'partly' },
          ];
  return { kind: 'answer', text: JSON.stringify({ items }) };
}

async function chatWithModel(script = model) {
  const server = await startScriptedServer({ script: ({ lastText }) => script(lastText) });
  onTestFinished(() => server.close());
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  await chat.send(told);
  await chat.until(messages => messages.every(({ state }) => state !== 'pending' && state !== 'streaming'));
  return { chat, server };
}
async function ready({ client, ok, sessionId }: AnsweringChat, fits: (version: SynopsisVersion) => boolean): Promise<SynopsisVersion> {
  const found = Promise.withResolvers<SynopsisVersion>();
  const look = () => {
    ok('synopses.open', { sessionId }).then(({ version }) => {
      if (version !== null && fits(synopsisVersion.parse(version))) found.resolve(version);
    }, found.reject);
  };
  const stop = client.onEvent('synopses.changed', look);
  look();
  try {
    return await found.promise;
  } finally {
    stop();
  }
}
async function ended({ client, ok }: AnsweringChat, kind: JobView['kind']): Promise<JobView> {
  const found = Promise.withResolvers<JobView>();
  const look = () => {
    ok('jobs.list', {}).then(({ jobs }) => {
      const job = jobs.find(each => each.kind === kind && ['done', 'failed', 'cancelled'].includes(each.state));
      if (job !== undefined) found.resolve(job);
    }, found.reject);
  };
  const stop = client.onEvent('jobs.changed', look);
  look();
  try {
    return await found.promise;
  } finally {
    stop();
  }
}
const isOver = ({ state }: SynopsisVersion): boolean => state !== 'making';
const request = ({ ok, sessionId }: AnsweringChat, engine: 'builtin' | 'model' | null = null) =>
  ok('synopses.request', { sessionId, requestKey: randomUUID(), detail: 'short', template: 'meeting', language: 'ru', engine });

test('with a model connected it makes the synopsis, and its claims are looked at afterwards', async () => {
  const { chat, server } = await chatWithModel();
  const before = server.requests.length;
  await request(chat);
  const version = await ready(chat, isOver);
  expect(version).toMatchObject({ state: 'ready', issues: [{ code: 'too_little_text' }] });
  expect(version.sections.map(({ kind, provenance }) => [kind, provenance])).toEqual(
    ['summary', 'decisions', 'tasks'].map(kind => [kind, { kind: 'model', provider: 'Scripted', model: 'scripted' }]),
  );
  expect(version.sections.flatMap(({ items }) => items.flatMap(({ citations }) => citations.map(({ support }) => support)))).toEqual([
    'verified',
    'verified',
    'verified',
  ]);

  expect(await ended(chat, 'synopsis.audit')).toMatchObject({ state: 'done', sessionId: chat.sessionId });
  const { audit } = await chat.ok('audits.open', { versionId: version.id });
  expect(audit).toMatchObject({
    versionId: version.id,
    judge: { provider: 'Scripted', model: 'scripted' },
    items: [
      { section: 'summary', item: 'summary-1', verdict: 'supported', foreignFigures: [] },
      { section: 'decisions', verdict: 'supported' },
      { section: 'tasks', verdict: 'partly' },
    ],
  });
  // The version itself is what it was, and an audit that nothing has changed for finds its words paid for again: it is asked for by hand.
  expect(await ready(chat, isOver)).toEqual(version);
  expect(server.requests.length - before).toBe(4);

  // A note makes another version with the same claims: what was found of them is theirs, and nobody pays for it again.
  await chat.ok('synopses.putNote', { requestKey: randomUUID(), sessionId: chat.sessionId, after: 'summary', text: 'Проверить.' });
  const noted = await ready(chat, ({ trigger }) => trigger === 'note');
  const { audit: same } = await chat.ok('audits.open', { versionId: noted.id });
  expect(same).toEqual({ ...audit, versionId: noted.id });
  expect(server.requests.length - before).toBe(4);
});

test('a section made anew is judged, and those that were taken over are not judged again', async () => {
  const { chat, server } = await chatWithModel();
  await request(chat);
  await ready(chat, isOver);
  await ended(chat, 'synopsis.audit');
  const before = server.requests.length;
  await chat.ok('synopses.regenerate', { sessionId: chat.sessionId, requestKey: randomUUID(), kind: 'tasks', instruction: null });
  const again = await ready(chat, version => isOver(version) && version.trigger === 'regenerate');
  // The scripted model says the same of the same material, so that the claim is one that has been judged.
  const { audit } = await chat.ok('audits.open', { versionId: again.id });
  expect(audit?.items.map(({ verdict }) => verdict)).toEqual(['supported', 'supported', 'partly']);
  expect((await chat.ok('jobs.list', {})).jobs.filter(({ kind }) => kind === 'synopsis.audit')).toHaveLength(1);
  expect(server.requests.length - before).toBe(1);
});

test('the person may have the built-in engine make it all the same, and then no model is asked', async () => {
  const { chat, server } = await chatWithModel();
  const before = server.requests.length;
  await request(chat, 'builtin');
  const version = await ready(chat, isOver);
  expect(version.sections.every(({ provenance }) => provenance.kind === 'extractive')).toBe(true);
  expect(server.requests.length).toBe(before);
  expect(await chat.client.call('audits.request', { versionId: version.id })).toMatchObject({
    ok: false,
    error: { code: 'nothing_to_audit' },
  });
});
