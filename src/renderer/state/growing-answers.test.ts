import { describe, expect, test } from 'vitest';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { createClient } from '../../shared/contract/client.ts';
import type { MessageId } from '../../shared/domain/ids.ts';
import { wire } from '../app/wiring.ts';
import { textsGoTo } from './models-store.ts';
import { createServices } from './services.ts';
import { inRussian } from '../../../test/support/speech.ts';

const nowMs = Date.UTC(2026, 4, 3, 12);

/** Lets every answer that is under way arrive. */
async function settle(): Promise<void> {
  for (let at = 0; at < 60; at += 1) await Promise.resolve();
}

/** A window whose frames are drawn when the test says so. */
async function openWindow() {
  const scenario = createScenario('ru', { nowMs });
  const frames: (() => void)[] = [];
  const services = createServices({
    client: createClient(scenario.backend.channel),
    speaking: inRussian,
    layout: { read: () => null, write: () => {} },
    drafts: { read: () => null, write: () => {} },
    nextFrame: run => void frames.push(run),
  });
  wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
  await settle();
  services.view.openSession(scenario.main.id);
  await settle();
  const message = (id: MessageId) => services.messages.getState().transcript?.messages.find(each => each.id === id);
  const texts = () => services.messages.getState().transcript?.messages.map(({ text }) => text) ?? [];
  const draw = (): number => {
    const planned = frames.splice(0);
    for (const run of planned) run();
    return planned.length;
  };
  const lists = () => scenario.backend.calls.filter(({ route }) => route === 'messages.list').length;
  return { ...scenario, services, message, texts, draw, lists };
}

describe('an answer that grows', () => {
  test('is shown once a frame, whatever has come since', async () => {
    const { services, answers, message, draw } = await openWindow();
    const { answer } = answers.ask();
    let changes = 0;
    services.messages.subscribe(() => (changes += 1));
    for (const piece of ['One', ' two', ' three']) answers.write(answer.id, piece);
    expect([changes, message(answer.id)?.state]).toEqual([0, 'pending']);
    expect(draw()).toBe(1);
    expect([changes, message(answer.id)]).toMatchObject([1, { text: 'One two three', state: 'streaming' }]);
    answers.write(answer.id, '.');
    expect(draw()).toBe(1);
    expect(message(answer.id)?.text).toBe('One two three.');
  });

  test('begins anew where a new attempt does, and takes nothing once it has ended', async () => {
    const { backend, answers, message, draw } = await openWindow();
    const { answer } = answers.ask();
    answers.write(answer.id, 'The first attempt broke');
    backend.writeAnswer(answer.id, 4, 'second');
    draw();
    expect(message(answer.id)?.text).toBe('The second');
    answers.write(answer.id, ' one was stopped');
    backend.putMessages({ ...answer, state: 'stopped', text: 'The second one' });
    backend.emit('messages.delta', { sessionId: answer.sessionId, messageId: answer.id, at: 14, text: ' late' });
    draw();
    expect(message(answer.id)).toMatchObject({ text: 'The second one', state: 'stopped' });
  });

  test('is not taken back by a message that is behind its pieces', async () => {
    const { backend, answers, message, draw } = await openWindow();
    const { answer } = answers.ask();
    answers.write(answer.id, 'All that came');
    draw();
    backend.emit('messages.changed', { sessionId: answer.sessionId, messages: [{ ...answer, state: 'streaming', text: 'All' }] });
    expect(message(answer.id)?.text).toBe('All that came');
    // Another text is not behind it: an attempt that began anew.
    backend.emit('messages.changed', { sessionId: answer.sessionId, messages: [{ ...answer, state: 'streaming', text: 'Else' }] });
    expect(message(answer.id)?.text).toBe('Else');
    backend.emit('messages.changed', {
      sessionId: answer.sessionId,
      messages: [{ ...answer, state: 'failed', text: 'El', error: 'stream_cut' }],
    });
    expect(message(answer.id)).toMatchObject({ text: 'El', state: 'failed' });
  });

  test('a piece that was missed is made good by the list, and pieces that come meanwhile follow it', async () => {
    const { backend, answers, message, draw, lists } = await openWindow();
    const { answer } = answers.ask();
    answers.write(answer.id, 'One');
    draw();
    const before = lists();
    backend.loseChannel();
    answers.write(answer.id, ' two');
    backend.hold('messages.list');
    backend.reopenChannel();
    await settle();
    answers.write(answer.id, ' three');
    answers.write(answer.id, ' four');
    backend.release();
    await settle();
    draw();
    expect(message(answer.id)?.text).toBe('One two three four');
    expect(lists()).toBe(before + 1);

    backend.messages.set(answer.id, { ...answer, state: 'streaming', text: 'One two three four five' });
    answers.write(answer.id, ' six');
    await settle();
    draw();
    expect(message(answer.id)?.text).toBe('One two three four five six');
  });

  test('in another chat, or one that is not known yet, asks for nothing', async () => {
    const { backend, empty, main, draw, lists } = await openWindow();
    const before = lists();
    const elsewhere = backend.newMessage(empty.id, 'assistant', '');
    for (const sessionId of [empty.id, main.id]) backend.emit('messages.delta', { sessionId, messageId: elsewhere.id, at: 5, text: 'x' });
    await settle();
    expect([draw(), lists()]).toEqual([0, before]);
  });

  test('only its end is read aloud', async () => {
    const { services, answers, draw } = await openWindow();
    const { answer } = answers.ask();
    const turn = services.announcer.getState().turn;
    for (let at = 0; at < 5; at += 1) {
      answers.write(answer.id, 'piece ');
      draw();
    }
    expect(services.announcer.getState().turn).toBe(turn);
    answers.end(answer.id, { text: 'piece' });
    expect(services.announcer.getState()).toEqual({ text: 'Ответ готов', turn: turn + 1 });
  });
});

describe('branches', () => {
  test('an answer is made again beside the old one, and both can be gone to', async () => {
    const { services, answers, message, texts } = await openWindow();
    const { answer } = answers.answered();
    expect(await services.messages.regenerate(answer.id)).toBeNull();
    await settle();
    const second = services.messages.getState().transcript?.messages.at(-1);
    expect(second).toMatchObject({ state: 'pending', branch: { index: 1, count: 2 } });
    expect(message(answer.id)).toBeUndefined();
    expect(await services.messages.showBranch(answer.id)).toBeNull();
    await settle();
    expect(message(answer.id)?.branch).toEqual({ index: 0, count: 2, ids: [answer.id, second?.id] });
    expect(texts().at(-1)).toBe(answers.words.answer);
  });

  test('what becomes of a branch that is not shown does not come into sight', async () => {
    const { services, backend, answers, texts } = await openWindow();
    const { answer } = answers.ask();
    await services.messages.regenerate(answer.id);
    await settle();
    const before = texts();
    // Its job ends once its worker has stopped.
    backend.emit('messages.changed', { sessionId: answer.sessionId, messages: [{ ...answer, state: 'stopped', text: 'cut' }] });
    expect(texts()).toEqual(before);
    const other = services.messages.getState().transcript?.messages.at(-1);
    await services.messages.showBranch(answer.id);
    await settle();
    if (!other) throw new Error('The answer was not made again.');
    backend.emit('messages.changed', { sessionId: other.sessionId, messages: [{ ...other, state: 'streaming', text: 'elsewhere' }] });
    expect(texts()).not.toContain('elsewhere');
  });

  test('a question in other words takes the place of the old one, with what followed it', async () => {
    const { services, answers, message } = await openWindow();
    const { question, answer } = answers.answered();
    expect(await services.messages.edit(question.id, ' ')).toBe('empty_message');
    expect(await services.messages.edit(question.id, 'In other words?')).toBeNull();
    await settle();
    expect(services.messages.getState().transcript?.messages.slice(-2)).toMatchObject([
      { text: 'In other words?', branch: { index: 1, count: 2 } },
      { role: 'assistant', state: 'pending' },
    ]);
    expect([message(question.id), message(answer.id)]).toEqual([undefined, undefined]);
    await services.messages.showBranch(question.id);
    await settle();
    expect(message(answer.id)?.text).toBe(answers.words.answer);
  });

  test('earlier pages stay where they join the list, and go where another branch is shown', async () => {
    const { services, backend, main, answers, texts } = await openWindow();
    const first = answers.answered();
    for (let at = 0; at < 60; at += 1) {
      backend.tick(1);
      backend.putMessages(backend.newMessage(main.id, 'person', `said ${at}`));
    }
    services.view.openSession(null);
    services.view.openSession(main.id);
    await settle();
    await services.messages.loadEarlier();
    const all = texts();
    expect(all).toContain('said 0');
    await services.messages.reload();
    expect(texts()).toEqual(all);
    await services.messages.edit(first.question.id, 'From the beginning');
    await settle();
    expect(texts()).not.toContain('said 0');
    expect(texts().slice(-2)).toEqual(['From the beginning', '']);
  });
});

test('a message goes to the background, and says so where no model could do it', async () => {
  const { services, answers, main } = await openWindow();
  const send = () =>
    services.messages.send({ sessionId: main.id, requestKey: crypto.randomUUID(), text: 'collect', documentIds: [], inBackground: true });
  expect(await send()).toBe('no_model');
  answers.connect();
  expect(await send()).toBeNull();
  expect(services.messages.getState().transcript?.messages.at(-1)).toMatchObject({ note: 'background_started', text: 'collect' });
});

test('steps of an answer are read once, and again when it ran again', async () => {
  const { services, backend, answers } = await openWindow();
  const { answer } = answers.answered();
  const job = answer.jobId === null ? undefined : backend.jobs.get(answer.jobId);
  if (!job) throw new Error('The answer has no job.');
  const asked = () => backend.calls.filter(({ route }) => route === 'jobs.inspect').length;
  services.answerSteps.need(job);
  services.answerSteps.need(job);
  await settle();
  expect(asked()).toBe(1);
  expect(
    services.answerSteps
      .getState()
      .byJob.get(job.id)
      ?.flatMap(({ tool }) => tool ?? []),
  ).toEqual(['search_material', 'read_document', 'search_material']);
  services.answerSteps.need({ ...job, stepsDone: 9 });
  await settle();
  expect(asked()).toBe(2);
});

test('texts are said to leave this computer when they do', async () => {
  const { services, backend, answers } = await openWindow();
  const goTo = () => textsGoTo(services.models.getState().view);
  expect(goTo()).toBeNull();
  answers.connect();
  expect(goTo()).toBeNull();
  const service = services.models.getState().view?.providers.find(({ kind }) => kind === 'anthropic');
  const local = services.models.getState().view?.providers.find(({ kind }) => kind === 'openai_compatible');
  if (!service || !local) throw new Error('The scenario has two providers.');
  await services.models.choose('chat', { providerId: service.id, modelId: 'm', contextTokens: null });
  expect(goTo()).toBe('Anthropic');
  // A program of this machine may hand on what it is told.
  await services.models.choose('chat', { providerId: local.id, modelId: 'glm-4.6:cloud', contextTokens: null });
  expect(goTo()).toBe('Ollama');
  backend.providers.handlers['providers.remove']({ providerId: local.id });
  expect(goTo()).toBeNull();
});
