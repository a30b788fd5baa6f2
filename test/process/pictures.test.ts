import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

test('a picture says what it needs, is read once a model for pictures is chosen, and a refused call names the model', async ({
  onTestFinished,
}) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  let isAllowed = false;
  const server = await startScriptedServer({
    script: () =>
      isAllowed
        ? { kind: 'answer', text: '# План маяка\n\nБашню построили в 1871 году.\n=====\nЧертёж башни с размерами.' }
        : { kind: 'refusal', status: 401, error: { message: 'no' } },
  });
  onTestFinished(() => server.close());
  const program = openTestApp(folder.path);
  onTestFinished(() => program.close());
  async function ok<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const result = await program.client.call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
    return result.value;
  }
  const { id: sessionId } = await ok('sessions.create', { requestKey: randomUUID(), title: null });
  const bytes = Uint8Array.from(makeGreyPng(40, 30));
  const { uploadId } = await ok('uploads.begin', { name: 'план.png', byteCount: bytes.byteLength });
  await ok('uploads.append', { uploadId, offset: 0, bytes });
  const added = await ok('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'upload', uploadId } });
  const document = async () => (await ok('documents.list', { sessionId })).documents[0];
  await expect
    .poll(document, { timeout: patienceMs })
    .toMatchObject({ state: 'failed', error: { code: 'no_text', detail: 'needs-vision-model' } });

  const { id: providerId } = await ok('providers.save', {
    kind: 'openai_compatible',
    name: 'Стенд',
    baseUrl: server.baseUrl,
    requestKey: randomUUID(),
  });
  await ok('providers.choose', { role: 'vision', choice: { providerId, modelId: 'scripted', contextTokens: 32_768 } });
  await ok('documents.retry', { documentId: added.id });
  await expect
    .poll(document, { timeout: patienceMs })
    .toMatchObject({ state: 'failed', error: { code: 'no_text', detail: 'vision-model-failed' } });

  isAllowed = true;
  await ok('documents.retry', { documentId: added.id });
  await expect.poll(document, { timeout: patienceMs }).toMatchObject({
    state: 'ready',
    title: 'План маяка',
    warnings: [{ code: 'read_by_model', detail: 'Стенд · scripted' }],
  });
  expect(server.requests).toHaveLength(2);
  const { jobId } = (await document()) ?? {};
  if (jobId === null || jobId === undefined) throw new Error('It has a job.');
  const { steps } = await ok('jobs.inspect', { jobId });
  expect(steps.map(({ name }) => name)).toEqual([expect.stringMatching(/^ask:look-/u)]);
});
