import { expect, onTestFinished, test } from 'vitest';
import type { JobView } from '../../../src/shared/domain/job.ts';
import { openAnsweringChat, type AnsweringChat } from '../../support/answering-chat.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { startScriptedServer } from '../../support/scripted-models/scripted-server.ts';
import { embedParaphrase, paraphrase } from '../../support/scripted-models/paraphrase.ts';
import { tempFolder } from '../../support/temp-folder.ts';

failOnLeaks();

const { document: vet, other: roof, question } = paraphrase;

async function begin() {
  const server = await startScriptedServer({ script: [{ kind: 'answer', text: 'Ладно.' }], embed: embedParaphrase });
  onTestFinished(() => server.close());
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  for (const [name, text] of [
    ['кот.txt', vet],
    ['крыша.txt', roof],
  ] as const)
    await chat.ok('documents.add', { sessionId: chat.sessionId, requestKey: crypto.randomUUID(), from: { kind: 'text', name, text } });
  return { chat, server };
}

/** Looks again with each change of a job until it fits. */
async function job({ client, ok }: AnsweringChat, fits: (job: JobView) => boolean): Promise<JobView> {
  const found = Promise.withResolvers<JobView>();
  const look = () => {
    ok('jobs.list', {}).then(({ jobs }) => {
      const one = jobs.find(fits);
      if (one !== undefined) found.resolve(one);
    }, found.reject);
  };
  const stop = client.onEvent('jobs.changed', look);
  look();
  return found.promise.finally(stop);
}

async function chooseModel({ ok }: AnsweringChat): Promise<void> {
  const [provider] = (await ok('providers.list', {})).providers;
  if (provider === undefined) throw new Error('No provider is connected.');
  await ok('providers.choose', { role: 'embeddings', choice: { providerId: provider.id, modelId: 'scripted-embed', contextTokens: 512 } });
}

async function spentByProgram({ ok }: AnsweringChat): Promise<number> {
  const limits = { tokens: 1_000_000, moneyMinor: null, steps: null, wallMs: null };
  const { budget } = await ok('budgets.set', { budget: { scope: 'program', subject: '', period: 'ever', limits } });
  return budget?.spent?.tokens ?? 0;
}

async function until<T>(ask: () => Promise<T>, fits: (value: T) => boolean, chat: AnsweringChat): Promise<T> {
  const found = Promise.withResolvers<T>();
  const look = () => {
    ask().then(value => {
      if (fits(value)) found.resolve(value);
    }, found.reject);
  };
  const stop = chat.client.onEvent('jobs.changed', look);
  look();
  return found.promise.finally(stop);
}

test('what shares no word with the question is found by its meaning once a model is chosen', async () => {
  const { chat, server } = await begin();
  await until(
    () => chat.ok('documents.list', { sessionId: chat.sessionId }),
    ({ documents }) => documents.every(({ state }) => state === 'ready'),
    chat,
  );
  const search = (typed: string, byMeaning: boolean) => chat.ok('search.material', { typed, byMeaning });
  expect((await search(question, true)).found).toEqual([]);

  await chooseModel(chat);
  await job(chat, ({ kind, state }) => kind === 'passages.embed' && state === 'done');
  const health = await until(
    () => chat.ok('search.health', {}),
    ({ meaning }) => meaning?.done === meaning?.total,
    chat,
  );
  expect(health.meaning).toMatchObject({ modelId: 'scripted-embed', done: 2, total: 2, isLoaded: true });

  const spentBefore = await spentByProgram(chat);
  expect((await search(question, true)).found[0]).toMatchObject({ title: 'кот.txt', sessionId: chat.sessionId });
  // A question costs what any other call of the model costs; asked again it is remembered.
  const spent = await spentByProgram(chat);
  expect(spent).toBeGreaterThan(spentBefore);
  await search(question, true);
  expect(await spentByProgram(chat)).toBe(spent);
  // Words alone find what they found before.
  expect((await search(question, false)).found).toEqual([]);
  expect((await search('крыша', true)).found[0]).toMatchObject({ title: 'крыша.txt' });
  const indexed = server.embedded.flat().filter(text => text === vet || text === roof);
  expect(indexed.toSorted()).toEqual([vet, roof].toSorted());
});

test('the same words in another document are not paid for again', async () => {
  const { chat, server } = await begin();
  await chooseModel(chat);
  const embedded = () =>
    until(
      () => chat.ok('search.health', {}),
      ({ meaning }) => meaning !== null && meaning.total > 1 && meaning.done === meaning.total,
      chat,
    );
  await embedded();
  const before = server.embedded.flat().length;
  await chat.ok('documents.add', {
    sessionId: chat.sessionId,
    requestKey: crypto.randomUUID(),
    from: { kind: 'text', name: 'ещё.txt', text: `# Заметки\n\n${vet}\n\n# Прочее\n\nСовсем другое.` },
  });
  await until(
    () => chat.ok('search.health', {}),
    ({ meaning }) => meaning !== null && meaning.total > 2 && meaning.done === meaning.total,
    chat,
  );
  expect(
    server.embedded
      .flat()
      .slice(before)
      .filter(text => text === vet),
  ).toEqual([]);
});
