import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/shared/contract/contract.ts';
import type { MessageId } from '../../src/shared/domain/ids.ts';
import { agentsAtOnce } from '../../src/main/app/kinds/agent-run.ts';
import { isOver, openAnsweringChat, type AnsweringChat } from '../support/answering-chat.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestChat } from '../support/open-test-chat.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { patienceMs } from '../support/patience.ts';

failOnLeaks();

let folder: ReturnType<typeof tempFolder>;
let chat: AnsweringChat;
beforeEach(async ({ onTestFinished }) => {
  folder = tempFolder();
  onTestFinished(folder.remove);
  chat = await openAnsweringChat(folder.path);
  onTestFinished(() => chat.program.close());
});

/** A file that is not there until something was mended. */
const mended = () => join(folder.path, 'mended');
const mend = () => writeFileSync(mended(), '');

async function answered(script: Parameters<AnsweringChat['send']>[0]) {
  const { answer } = await chat.send(script);
  return chat.message(answer.id, isOver);
}

describe('an answer that is written', () => {
  test('is in the window piece by piece, in the list as far as it has come, and whole at the end', async () => {
    const pieces: EventPayload<'messages.delta'>[] = [];
    chat.client.onEvent('messages.delta', piece => pieces.push(piece));
    const { answer } = await chat.send([{ write: ['one ', 'two '] }, { write: ['three'], holds: 1 }]);
    const seen = await chat.message(answer.id, ({ text }) => text.endsWith('three'));
    expect(seen).toMatchObject({ state: 'streaming', text: 'one two three', note: null });
    expect(pieces.map(({ messageId, at, text }) => [messageId, at, text])).toEqual([
      [answer.id, 0, 'one '],
      [answer.id, 4, 'two '],
      [answer.id, 8, 'three'],
    ]);
    await chat.ok('messages.stop', { messageId: answer.id });
    expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'stopped', text: 'one two three', error: null });
    expect(await answered([{ write: ['a', 'b'] }, { write: ['c'] }])).toMatchObject({ state: 'completed', text: 'abc' });
  });

  test('comes with its job, also when the question is sent again', async () => {
    const question = { sessionId: chat.sessionId, requestKey: randomUUID(), text: JSON.stringify([{ write: ['one'] }]) };
    const { answer, job } = await chat.ok('messages.send', question);
    expect(job).toMatchObject({ id: answer.jobId, kind: 'chat.answer', state: 'queued' });
    await chat.message(answer.id, isOver);
    expect((await chat.ok('messages.send', question)).job).toMatchObject({ id: answer.jobId });
  });

  test('keeps its text when it fails, says why, and goes on from what was recorded when it is asked for again', async () => {
    const { answer } = await chat.send([
      { write: ['kept '] },
      { write: ['lost'], fails: 9, code: 'unauthorized', unless: mended() },
      { write: ['.'] },
    ]);
    expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'failed', text: 'kept lost', error: 'unauthorized' });
    mend();
    await chat.ok('messages.retry', { messageId: answer.id, requestKey: randomUUID() });
    expect(await chat.message(answer.id, ({ state }) => state === 'completed')).toMatchObject({ text: 'kept lost.', error: null });
  });

  test('says nothing twice when the attempt is repeated by itself', async () => {
    expect(await answered([{ write: ['a', 'b'] }, { write: ['c', 'd'], fails: 1, isRetryable: true }])).toMatchObject({ text: 'abcd' });
  });

  test('is there after a restart, as far as it had come, and goes on', async ({ onTestFinished }) => {
    const { answer } = await chat.send([{ write: ['one '] }, { write: ['two'], holds: 9, unless: mended() }]);
    await chat.message(answer.id, ({ text }) => text === 'one two');
    await chat.program.close();
    mend();
    const again = await openAnsweringChat(folder.path, chat.sessionId);
    onTestFinished(() => again.program.close());
    const texts: string[] = [];
    again.client.onEvent('messages.changed', ({ messages }) => texts.push(...messages.map(({ text }) => text)));
    expect(await again.message(answer.id, () => true)).toMatchObject({ text: 'one two' });
    expect(await again.message(answer.id, ({ state }) => state === 'completed')).toMatchObject({ text: 'one two' });
    expect(new Set(texts)).toEqual(new Set(['one two']));
  });

  test('waits for the network with what it has', async () => {
    const { answer } = await chat.send([{ write: ['half '], away: true, unless: mended() }, { write: ['whole'] }]);
    expect(await chat.message(answer.id, ({ state, text }) => state === 'pending' && text !== '')).toMatchObject({ text: 'half ' });
    const { jobId } = answer;
    if (jobId === null) throw new Error('An answer has a job.');
    const { job } = await chat.ok('jobs.inspect', { jobId });
    expect(job).toMatchObject({ state: 'waiting', waitReason: 'network' });
    mend();
    await chat.program.app.engine.resume(jobId);
    expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'completed', text: 'half whole' });
  });

  test('knows the conversation it is in', async () => {
    await answered([{ write: ['first answer'] }]);
    const { text } = await answered('input');
    const input: unknown = JSON.parse(text);
    expect(input).toMatchObject({
      agent: 'assistant',
      sessionId: chat.sessionId,
      task: null,
      depth: 0,
      conversation: [{ role: 'person' }, { role: 'assistant', text: 'first answer' }, { role: 'person', text: 'input' }],
      connection: { modelId: 'scripted', apiKey: null },
      reach: { webSearch: null, folders: [], mcpServers: [] },
    });
  });
});

describe('branches', () => {
  const regenerate = (messageId: MessageId, requestKey = randomUUID()) => chat.ok('messages.regenerate', { messageId, requestKey });

  test('another answer takes the place of one that is being written, which is stopped', async () => {
    const { answer } = await chat.send([{ write: ['text'], holds: 1 }]);
    await chat.message(answer.id, ({ text }) => text === 'text');
    const branched: boolean[] = [];
    chat.client.onEvent('messages.changed', event => branched.push(event.branched === true));
    const requestKey = randomUUID();
    const { answer: other } = await regenerate(answer.id, requestKey);
    // The same click twice.
    expect((await regenerate(answer.id, requestKey)).answer.id).toBe(other.id);
    expect(other.branch).toEqual({ index: 1, count: 2, ids: [answer.id, other.id] });
    await chat.message(other.id, ({ text }) => text === 'text');
    // Changes are told together, a moment after they were made.
    await expect.poll(() => branched, { timeout: patienceMs }).toContain(true);
    expect((await chat.texts()).length).toBe(2);
    await chat.ok('messages.stop', { messageId: other.id });
    await chat.message(other.id, isOver);
    await chat.ok('messages.showBranch', { messageId: answer.id });
    expect(await chat.message(answer.id, isOver)).toMatchObject({ state: 'stopped', text: 'text' });
  });

  test('another wording is answered in a conversation of its own', async () => {
    const first = await chat.send([{ write: ['a1'] }]);
    await chat.message(first.answer.id, isOver);
    const second = await chat.send([{ write: ['a2'] }]);
    await chat.message(second.answer.id, isOver);
    const edited = await chat.ok('messages.edit', { messageId: second.message.id, requestKey: randomUUID(), text: 'input' });
    const { text } = await chat.message(edited.answer.id, isOver);
    expect(JSON.parse(text)).toMatchObject({ conversation: [{ role: 'person' }, { text: 'a1' }, { text: 'input' }] });
    expect(edited.message.branch?.ids).toEqual([second.message.id, edited.message.id]);
    await chat.ok('messages.showBranch', { messageId: second.answer.id });
    expect((await chat.texts()).at(-1)).toBe('a2');
  });

  test('only questions are worded anew, and only answers given anew', async () => {
    const { message, answer } = await chat.send([{ write: ['a'] }]);
    await chat.message(answer.id, isOver);
    const codes = await Promise.all([
      chat.client.call('messages.edit', { messageId: answer.id, requestKey: randomUUID(), text: 'x' }),
      chat.client.call('messages.edit', { messageId: message.id, requestKey: randomUUID(), text: ' ' }),
      chat.client.call('messages.regenerate', { messageId: message.id, requestKey: randomUUID() }),
    ]);
    expect(codes.map(result => (result.ok ? null : result.error.code))).toEqual(['not_a_question', 'empty_message', 'not_an_answer']);
  });
});

describe('work in the background', () => {
  test('is said to have begun at once, leaves the chat free, and its result is a message of its own', async () => {
    const { answer } = await chat.send([{ write: ['unseen '] }, { write: ['result'] }], { inBackground: true });
    expect(answer).toMatchObject({ state: 'completed', note: 'background_started' });
    const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'completed'));
    expect(messages.at(-1)).toMatchObject({
      note: 'background_ready',
      text: 'unseen result',
      jobId: answer.jobId,
      sources: [{ url: 'https://example.org/' }],
    });
    // What came of it is known to the next question.
    expect((await answered('input')).text).toContain('unseen result');
  });

  test('knows what was said before it, and fails in its own message', async () => {
    await answered([{ write: ['said'] }]);
    await chat.send('input', { inBackground: true });
    const messages = await chat.until(all => all.some(({ note }) => note === 'background_ready'));
    const told: unknown = JSON.parse(messages.at(-1)?.text ?? '');
    expect(told).toMatchObject({ task: 'input', depth: 1, conversation: [{ role: 'person' }, { text: 'said' }] });
    await chat.send([{ write: ['x'], fails: 9, code: 'no_credit' }], { inBackground: true });
    const after = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'failed'));
    expect(after.at(-1)).toMatchObject({ error: 'no_credit', text: '' });
  });

  test('never takes the place of an answer', async () => {
    for (let n = 0; n < agentsAtOnce + 3; n += 1) await chat.send([{ write: ['x'], holds: 9 }], { inBackground: true });
    expect(await answered([{ write: ['here'] }])).toMatchObject({ state: 'completed', text: 'here' });
  });

  test('is refused where no model could do it', async ({ onTestFinished }) => {
    const { client, sessionId } = await openTestChat(onTestFinished);
    const result = await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'Do it', inBackground: true });
    expect(result.ok ? null : result.error.code).toBe('no_model');
    const list = await client.call('messages.list', { sessionId });
    expect(list.ok ? list.value.messages : null).toEqual([]);
  });

  test('is begun once by an answer, however often that is repeated', async () => {
    const begin = {
      key: 'k',
      work: { kind: 'agent', agent: 'analyst', task: '[{"write":["deep"]}]', title: 'Study', isPart: false },
    } as const;
    expect(await answered([{ begin }, { fails: 1, isRetryable: true }])).toMatchObject({ text: '[started: ]' });
    const messages = await chat.until(all => all.some(({ note, state }) => note === 'background_ready' && state === 'completed'));
    expect(messages.filter(({ note }) => note === 'background_started')).toMatchObject([{ text: 'Study' }]);
    expect(messages.filter(({ note }) => note === 'background_ready')).toMatchObject([{ text: 'deep' }]);
  });

  test('has parts whose results it waits for, and no part begets parts without end', async () => {
    const part = (task: string) => ({ key: 'k', work: { kind: 'agent', agent: 'analyst', task, title: 'Part', isPart: true } }) as const;
    const nested = (levels: number): string =>
      JSON.stringify([levels === 0 ? { write: ['leaf'] } : { write: [`${levels} `], begin: part(nested(levels - 1)) }]);
    expect((await answered(nested(3))).text).toBe('3 [done: 2 ]');
    const four = await answered(nested(4));
    expect(four).toMatchObject({ state: 'completed' });
    const { jobs } = await chat.ok('jobs.list', {});
    // Twice a task and its part.
    expect(jobs.filter(({ kind }) => kind === 'agent.run').length).toBe(4);
    expect((await chat.texts()).length).toBe(4);
  });

  test('reads documents of its chat and of no other', async () => {
    const add = async (sessionId: typeof chat.sessionId) => {
      const from = { kind: 'text', name: 'a.txt', text: 'The lighthouse was built in 1871 on a bare rock.' } as const;
      const { id } = await chat.ok('documents.add', { sessionId, requestKey: randomUUID(), from });
      return id;
    };
    const own = await add(chat.sessionId);
    const other = await add((await chat.ok('sessions.create', { requestKey: randomUUID() })).id);
    expect((await answered([{ read: { documentId: own, start: 4, limit: 10 } }])).text).toBe('[lighthouse]');
    expect((await answered([{ read: { documentId: other, start: 0, limit: 9 } }])).text).toBe(
      `[There is no document ${other} in this chat.]`,
    );
  });
});
