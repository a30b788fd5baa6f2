import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { startProgram, value } from '../support/program/running-program.ts';
import { writeSourceBundles } from '../support/program/source-bundles.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import type { ScriptedReply } from '../support/scripted-models/script.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const replies: readonly ScriptedReply[] = [
  { kind: 'answer', text: 'Let me look.', toolCalls: [{ id: 'c1', name: 'search_material', input: { query: 'lighthouse' } }] },
  // Long enough to be killed in the middle of, and well after what came before it was stored.
  { kind: 'answer', text: Array.from({ length: 100 }, (_, n) => ` word${n}`), delivery: { tokensPerSecond: 10 } },
  { kind: 'answer', text: ['It was built', ' in 1871.'] },
];

async function listed(client: Client, sessionId: SessionId) {
  const { messages } = value(await client.call('messages.list', { sessionId }));
  const answer = messages.findLast(({ role }) => role === 'assistant');
  if (answer === undefined) throw new Error('The answer is gone.');
  return answer;
}

test('a program killed in the middle of an answer shows what was written and goes on, with nothing asked or said twice', async ({
  onTestFinished,
}) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script: ({ number }) => replies[number - 1] ?? { kind: 'answer', text: 'Too often.' } });
  onTestFinished(() => server.close());
  const dataDir = join(folder.path, 'data');
  const bundles = writeSourceBundles(join(folder.path, 'bundles'), null);

  const first = await startProgram(dataDir, bundles);
  const { id: providerId } = value(
    await first.client.call('providers.save', { requestKey: randomUUID(), kind: 'openai_compatible', name: 'S', baseUrl: server.baseUrl }),
  );
  value(await first.client.call('providers.choose', { role: 'chat', choice: { providerId, modelId: 'scripted', contextTokens: 32_768 } }));
  const { id: sessionId } = value(await first.client.call('sessions.create', { requestKey: randomUUID() }));
  const from = { kind: 'text', name: 'a.txt', text: 'The lighthouse was built in 1871 on a bare rock.' } as const;
  value(await first.client.call('documents.add', { sessionId, requestKey: randomUUID(), from }));
  let shown = '';
  const halfWay = Promise.withResolvers<null>();
  first.client.onEvent('messages.delta', ({ at, text }) => {
    shown = shown.slice(0, at) + text;
    if (shown.includes('word20')) halfWay.resolve(null);
  });
  value(await first.client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'When was the lighthouse built?' }));
  await halfWay.promise;
  // The next program does not go on before it was looked at.
  value(await first.client.call('app.setPaused', { paused: true }));
  await first.kill();

  const second = await startProgram(dataDir, bundles);
  const found = await listed(second.client, sessionId);
  // Of what was shown, all but the last moment.
  expect(found.text.startsWith('Let me look.\n\nword0')).toBe(true);
  expect(shown.startsWith(found.text)).toBe(true);
  value(await second.client.call('app.setPaused', { paused: false }));
  const completed = Promise.withResolvers<null>();
  const look = async () => {
    if ((await listed(second.client, sessionId)).state === 'completed') completed.resolve(null);
  };
  second.client.onEvent('messages.changed', () => void look().catch(completed.reject));
  await look();
  await completed.promise;
  expect((await listed(second.client, sessionId)).text).toBe('Let me look.\n\nIt was built in 1871.');
  expect(server.requests.length).toBe(3);
});
