import { randomUUID } from 'node:crypto';
import { expect, test, type TestContext } from 'vitest';
import { toOtlp } from '../../src/shared/domain/otlp-trace.ts';
import { isOver, openAnsweringChat } from '../support/answering-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import type { ModelRequest, Script, ScriptedReply } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

async function open({ onTestFinished }: TestContext, script: Script) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const chat = await openAnsweringChat(folder.path, undefined, server.baseUrl);
  onTestFinished(() => chat.program.close());
  return { server, chat };
}
const call = (name: string, input: unknown): ScriptedReply => ({ kind: 'answer', toolCalls: [{ id: 'c1', name, input }] });
/** Whether the last word in the conversation is a tool's. */
const isAfterTool = ({ body }: ModelRequest): boolean =>
  JSON.stringify((body['messages'] as readonly unknown[]).at(-1)).includes('"role":"tool"');

test('a question about a document is answered by the model, with the place in it', async context => {
  const { chat, server } = await open(context, request =>
    isAfterTool(request) ? { kind: 'answer', text: 'Ninety days [1]. Made up [8].' } : call('search_material', { query: 'journal term' }),
  );
  const text = 'The journal is kept for a term of ninety days. After that its entries are removed.';
  await chat.ok('documents.add', { sessionId: chat.sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'Rules', text } });
  const { answer } = await chat.send('How long is the journal kept?');
  const told = await chat.message(answer.id, isOver);
  expect(told).toMatchObject({ state: 'completed', text: 'Ninety days [1]. Made up.', note: null, error: null });
  expect(told.citations).toMatchObject([{ support: 'verified', source: { kind: 'document' } }]);
  expect(told.citations[0]?.quote).toContain('ninety days');
  expect(server.requests).toHaveLength(2);
});

test('an attempt that was cut off is repeated by itself, and what was shown is not doubled', async context => {
  const whole: ScriptedReply = { kind: 'answer', text: 'One two three four five.' };
  const { chat, server } = await open(context, [{ ...whole, delivery: { cutAfterBytes: 900 } }, whole]);
  const { answer } = await chat.send('Count.');
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed', text: 'One two three four five.' });
  expect(server.requests).toHaveLength(2);
});

test('long work goes to the background, the chat says so, and the result comes as a message', async context => {
  const tasks = [{ agent: 'analyst', title: 'Comparison', task: 'Compare all contracts.' }];
  const { chat } = await open(context, request => {
    if (JSON.stringify(request.body).includes('You are an analyst')) return { kind: 'answer', text: 'They differ in the term.' };
    return isAfterTool(request) ? { kind: 'answer', text: 'Begun.' } : call('run_in_background', { tasks });
  });
  const { answer } = await chat.send('Compare the contracts.');
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed', text: 'Begun.' });
  const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'completed'));
  expect(messages.map(({ note }) => note)).toEqual(expect.arrayContaining(['background_started', 'background_ready']));
  expect(messages.find(({ note }) => note === 'background_ready')).toMatchObject({ text: 'They differ in the term.' });
});

test('the parts of a plan are jobs of their own, and their results come back to the planner', async context => {
  const tasks = ['terms', 'prices'].map(title => ({ agent: 'analyst', title, task: `Find ${title}.` }));
  const { chat, server } = await open(context, request => {
    const body = JSON.stringify(request.body);
    if (body.includes('You are an analyst')) return { kind: 'answer', text: body.includes('Find terms.') ? 'Ninety days.' : 'Ten euros.' };
    if (body.includes('You are a planner')) {
      return isAfterTool(request)
        ? { kind: 'answer', text: request.lastText.includes('Ninety days.') && request.lastText.includes('Ten euros.') ? 'Both.' : 'Less.' }
        : call('run_in_background', { tasks });
    }
    const plan = [{ agent: 'planner', title: 'Plan', task: 'Find terms and prices.' }];
    return isAfterTool(request) ? { kind: 'answer', text: 'Begun.' } : call('run_in_background', { tasks: plan });
  });
  await chat.send('Find terms and prices.');
  const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'completed'));
  expect(messages.find(({ note }) => note === 'background_ready')).toMatchObject({ text: 'Both.' });
  // Each was paid for once: the answer and the planner two calls each, the parts one.
  expect(server.requests).toHaveLength(6);
});

test('a limit of money parks the job when the model’s price has used it up, and what the run cost is told', async context => {
  const { chat, server } = await open(context, request =>
    isAfterTool(request)
      ? { kind: 'answer', text: 'Nothing.', usage: { input: 100, output: 10 } }
      : { ...call('search_material', { query: 'x' }), usage: { input: 1_000, output: 100 } },
  );
  const providers = await chat.ok('providers.list', {});
  const id = providers.choices.chat?.providerId;
  if (id === undefined) throw new Error('No model is chosen.');
  expect(providers.prices).toMatchObject([{ from: 'this_machine', price: { input: 0, output: 0 } }]);
  await chat.ok('providers.price', {
    providerId: id,
    modelId: 'scripted',
    price: { input: 10, output: 20, cached: null, upToInputTokens: null },
  });
  const text = 'The journal is kept for ninety days.';
  await chat.ok('documents.add', { sessionId: chat.sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'Rules', text } });
  const limits = { tokens: null, moneyMinor: 1, steps: null, wallMs: null };
  await chat.ok('budgets.set', { budget: { scope: 'session', subject: chat.sessionId, period: 'ever', limits } });
  const { answer } = await chat.send('How long?');
  const jobId = answer.jobId;
  if (jobId === null) throw new Error('The answer has no job.');
  await chat.job(jobId, job => job.state === 'waiting' && job.waitReason === 'budget');
  // One call of 1,000 and 100 tokens: 1.2 cents of the one that was allowed.
  const waiting = await chat.ok('jobs.inspect', { jobId });
  expect(waiting.spent).toMatchObject({ tokens: 1_100, moneyMinor: 1.2, unpricedTokens: 0 });
  expect(waiting.steps.find(({ name }) => name === 'model:1')?.usage).toEqual({ tokens: 1_100, moneyMinor: 1.2 });
  expect(server.requests).toHaveLength(1);
  await chat.ok('budgets.set', {
    budget: { scope: 'session', subject: chat.sessionId, period: 'ever', limits: { ...limits, moneyMinor: 100 } },
  });
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed', text: 'Nothing.' });
  const { spent } = await chat.ok('jobs.inspect', { jobId });
  expect(spent?.tokens).toBe(1_210);
  expect(spent?.moneyMinor).toBeCloseTo(1.32);
  expect(server.requests).toHaveLength(2);

  // The trace says it of each call, in both of its forms; what a tool did used up nothing.
  const trace = await chat.ok('jobs.trace', { jobId });
  const used = trace.steps.flatMap(({ name, usage }) => (usage === null ? [] : [[name, usage.tokens]]));
  expect(used).toEqual([
    ['model:1', 1_100],
    ['model:2', 110],
  ]);
  const spans = toOtlp(trace, '0.0.0').resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
  expect(spans.find(({ name }) => name === 'model:1')?.attributes).toEqual(
    expect.arrayContaining([
      { key: 'konspekt.step.tokens', value: { intValue: '1100' } },
      { key: 'konspekt.step.money_minor', value: { doubleValue: 1.2 } },
    ]),
  );
});

test('an answer that waits for the network goes on with the first call of its provider that succeeds', async context => {
  const { chat, server } = await open(context, [{ kind: 'answer', text: 'Here again.' }]);
  const { providers } = await chat.ok('providers.list', {});
  const providerId = providers[0]?.id;
  if (providerId === undefined) throw new Error('There is no provider.');
  await server.close();
  const { answer } = await chat.send('Hello?');
  const { jobId } = answer;
  if (jobId === null) throw new Error('The answer has no job.');
  await chat.job(jobId, ({ waitReason }) => waitReason === 'network');
  const back = await startScriptedServer({ script: [{ kind: 'answer', text: 'Here again.' }], port: Number(new URL(server.baseUrl).port) });
  context.onTestFinished(() => back.close());
  await chat.ok('providers.test', { providerId, modelId: 'scripted' });
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed', text: 'Here again.' });
  const { events } = await chat.ok('jobs.inspect', { jobId });
  const types = events.map(({ type }) => type);
  expect(types).toContain('resumed');
  // It has not looked again because its time was over.
  expect(types).not.toContain('wait_expired');
});

test('documents without a word are what is answered, and not what was said before them', async context => {
  const { chat, server } = await open(context, [{ kind: 'answer', text: 'Yes.' }]);
  const before = await chat.send('What came before?');
  await chat.message(before.answer.id, isOver);
  const from = { kind: 'text', name: 'Rules', text: 'The journal is kept for ninety days.' } as const;
  const added = await chat.ok('documents.add', { sessionId: chat.sessionId, requestKey: randomUUID(), from });
  const { answer } = await chat.ok('messages.send', {
    sessionId: chat.sessionId,
    requestKey: randomUUID(),
    text: '',
    documentIds: [added.id],
  });
  expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed' });
  expect(server.requests.at(-1)?.lastText).toContain('added documents without a word');
  expect(server.requests.at(-1)?.lastText).toContain(added.id);
  expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('What came before?');
});

test('an address that the person sends to the background in their own words is not asked about', async context => {
  const url = 'http://127.0.0.1:9/prices';
  const { chat, server } = await open(context, request =>
    isAfterTool(request) ? { kind: 'answer', text: 'Read.' } : call('fetch_page', { url }),
  );
  await chat.send(`Compare the prices of ${url} with last year’s.`, { inBackground: true });
  const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'completed'));
  expect(messages.find(({ note }) => note === 'background_ready')).toMatchObject({ text: 'Read.' });
  expect((await chat.ok('approvals.list', {})).approvals).toEqual([]);
  expect(server.requests).toHaveLength(2);
});

test('the assistant makes a synopsis as it is told, another one as the last, and updates what new material has outdated', async context => {
  const wishes: object[] = [];
  const { chat, server } = await open(context, request => {
    if (!JSON.stringify(request.body).includes('You are Konspekt')) return { kind: 'answer', text: JSON.stringify({ items: [] }) };
    return isAfterTool(request) ? { kind: 'answer', text: 'Begun.' } : call('make_synopsis', wishes.shift() ?? {});
  });
  const { sessionId } = chat;
  const told = (name: string, text: string) =>
    chat.ok('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name, text } });
  const newest = async () => (await chat.ok('synopses.open', { sessionId, versionId: null })).versions[0];
  async function ask(wish: object) {
    wishes.push(wish);
    // A question: what the person states is material itself.
    const { answer } = await chat.send(`Will you make it like ${JSON.stringify(wish)}?`);
    await chat.message(answer.id, isOver);
    return server.requests.findLast(({ body }) => JSON.stringify(body).includes('You are Konspekt'))?.lastText;
  }
  const finished = () => expect.poll(async () => (await newest())?.state, { timeout: 30_000 }).toBe('ready');

  expect(await ask({ changedOnly: true })).toContain('no finished synopsis');
  await told('Rules', 'The journal is kept for a term of ninety days. After that its entries are removed.');
  await ask({ kind: 'meeting', detail: 'short', language: 'ru' });
  await finished();
  expect(await newest()).toMatchObject({ number: 1, template: 'meeting', detail: 'short', language: 'ru' });
  await ask({});
  await finished();
  expect(await newest()).toMatchObject({ number: 2, template: 'meeting', detail: 'short', language: 'en' });

  expect(await ask({ changedOnly: true })).toContain('there is nothing to refresh');
  await told('More', 'The keys are handed out by Anna until Friday. The gates are opened by Peter at nine.');
  expect(await ask({ changedOnly: true })).toContain('accept or reject each');
  await expect
    .poll(
      async () => (await chat.ok('jobs.list', {})).jobs.filter(({ kind, state }) => kind === 'synopsis.make' && state === 'done').length,
      { timeout: 30_000 },
    )
    .toBe(3);
});
