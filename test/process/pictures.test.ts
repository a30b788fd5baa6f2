import { randomUUID } from 'node:crypto';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { expect, onTestFinished, test } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { makeScannedPdf } from '../support/documents/pdf-file.ts';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import type { Script } from '../support/scripted-models/script.ts';
import { startScriptedServer } from '../support/scripted-models/scripted-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

/** The program with one empty chat, and a server that looks at pictures. */
async function open(script: Script) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const server = await startScriptedServer({ script });
  onTestFinished(() => server.close());
  const { client, close } = openTestApp(folder.path);
  onTestFinished(() => close());
  async function ok<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const result = await client.call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
    return result.value;
  }
  const { id: sessionId }: { readonly id: SessionId } = await ok('sessions.create', { requestKey: randomUUID(), title: null });
  return {
    client,
    server,
    ok,
    async add(name: string, bytes: Uint8Array) {
      const { uploadId } = await ok('uploads.begin', { name, byteCount: bytes.byteLength });
      await ok('uploads.append', { uploadId, offset: 0, bytes: Uint8Array.from(bytes) });
      return await ok('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'upload', uploadId } });
    },
    document: async () => (await ok('documents.list', { sessionId })).documents[0],
    async chooseVision() {
      const { id: providerId } = await ok('providers.save', {
        kind: 'openai_compatible',
        name: 'Стенд',
        baseUrl: server.baseUrl,
        requestKey: randomUUID(),
      });
      await ok('providers.choose', { role: 'vision', choice: { providerId, modelId: 'scripted', contextTokens: 32_768 } });
    },
  };
}

/** One page that is a picture, and one with text. */
async function mixedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.load(await makeScannedPdf(1));
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage().drawText('The lighthouse burnt in 1903, and its keeper with it.', { x: 50, y: 500, font, size: 12 });
  return await document.save();
}

test('a picture says what it needs, is read once a model is chosen for it, and a refused call names the model', async () => {
  let isAllowed = false;
  const { server, ok, add, document, chooseVision } = await open(() =>
    isAllowed
      ? { kind: 'answer', text: '# План маяка\n\nБашню построили в 1871 году.\n=====\nЧертёж башни с размерами.' }
      : { kind: 'refusal', status: 401, error: { message: 'no' } },
  );
  const added = await add('план.png', makeGreyPng(40, 30));
  const failed = (detail: string) => ({ state: 'failed', error: { code: 'no_text', detail } });
  await expect.poll(document, { timeout: patienceMs }).toMatchObject(failed('needs-vision-model'));
  await chooseVision();
  await ok('documents.retry', { documentId: added.id });
  await expect.poll(document, { timeout: patienceMs }).toMatchObject(failed('vision-model-failed'));

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

test('the scans among the pages of a document that has been read are read once there is a model', async () => {
  const { client, add, document, chooseVision } = await open([{ kind: 'answer', text: 'The keeper wrote letters.' }]);
  const bytes = await mixedPdf();
  const added = await add('mixed.pdf', bytes);
  const again = { documentId: added.id };
  await expect.poll(document, { timeout: patienceMs }).toMatchObject({ state: 'ready', warnings: [{ code: 'pages_need_ocr', count: 1 }] });
  expect(await client.call('documents.retry', again)).toMatchObject({ ok: false, error: { code: 'not_retryable' } });
  await chooseVision();
  // Adding it anew does the same.
  expect(await add('the same.pdf', bytes)).toMatchObject({ id: added.id, state: 'ready' });
  await expect.poll(document, { timeout: patienceMs }).toMatchObject({ state: 'ready', warnings: [{ code: 'read_by_model', count: 1 }] });
  expect(await client.call('documents.retry', again)).toMatchObject({ ok: false, error: { code: 'not_retryable' } });
});
