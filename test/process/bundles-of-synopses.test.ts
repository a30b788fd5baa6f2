import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { CallResult } from '../../src/shared/contract/contract.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

function value<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

function program(onTestFinished: (then: () => void | Promise<void>) => void) {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const app = openTestApp(folder.path);
  onTestFinished(() => app.close());
  return { client: app.client, path: folder.path };
}

async function synopsisOf(client: Client, sessionId: SessionId) {
  await expect
    .poll(async () => value(await client.call('synopses.open', { sessionId })).version?.state, { timeout: patienceMs })
    .toBe('ready');
  return value(await client.call('synopses.open', { sessionId })).version ?? expect.fail('There is a synopsis.');
}

async function upload(client: Client, bytes: Uint8Array): Promise<string> {
  const { uploadId } = value(await client.call('uploads.begin', { name: 'given.konspekt', byteCount: bytes.byteLength }));
  value(await client.call('uploads.append', { uploadId, offset: 0, bytes: new Uint8Array(bytes) }));
  return uploadId;
}

async function openBundle(client: Client, bytes: Uint8Array): Promise<CallResult<'files.openBundle'>> {
  return client.call('files.openBundle', { requestKey: randomUUID(), uploadId: await upload(client, bytes) });
}

const text = `Маяк построен в 1871 году на голой скале. Маяк — это башня с сильным светом. Лампа маяка сделана в Париже.
Смотритель жил на скале один. Продукты привозили на лодке раз в месяц. В 1990 году маяк стал автоматическим.`;

/** A chat with a document and something said, its synopsis, and the bundle of it. */
async function savedSynopsis(onTestFinished: Parameters<typeof program>[0]) {
  const { client, path } = program(onTestFinished);
  const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID(), title: null }));
  value(await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'Маяк', text } }));
  value(
    await client.call('messages.send', {
      sessionId,
      requestKey: randomUUID(),
      text: 'Решили сходить на маяк в субботу. Анна купит билеты до пятницы. Лодка вмещает шесть человек.',
    }),
  );
  value(await client.call('synopses.request', { sessionId, requestKey: randomUUID(), template: 'lecture', detail: 'full' }));
  const version = await synopsisOf(client, sessionId);
  value(await client.call('synopses.putNote', { sessionId, requestKey: randomUUID(), after: 'summary', text: 'Спросить про **музей**.' }));
  const noted = await synopsisOf(client, sessionId);
  expect(noted.number).toBe(version.number + 1);
  const offered = value(await client.call('files.offer', { versionId: noted.id, format: 'bundle', language: 'ru' }));
  expect(offered.fileName).toMatch(/\.konspekt$/u);
  const to = join(path, 'saved.konspekt');
  value(await client.call('files.write', { versionId: noted.id, format: 'bundle', language: 'ru', path: to }));
  return { version: noted, bytes: new Uint8Array(readFileSync(to)) };
}

test('another installation opens a bundle with its sources, its notes and every quote at its place', async ({ onTestFinished }) => {
  const { version, bytes } = await savedSynopsis(onTestFinished);
  const { client } = program(onTestFinished);
  const { sessionId } = value(await openBundle(client, bytes));
  const opened = await synopsisOf(client, sessionId);
  expect(opened).toMatchObject({
    title: version.title,
    number: 1,
    trigger: 'import',
    jobId: null,
    notes: [{ text: 'Спросить про **музей**.' }],
  });
  expect(opened.sections.map(({ kind, items }) => [kind, items.map(item => item.text)])).toEqual(
    version.sections.map(({ kind, items }) => [kind, items.map(item => item.text)]),
  );
  const { documents } = value(await client.call('documents.list', { sessionId }));
  expect(documents.map(({ state, snapshotHash }) => [state, snapshotHash])).toEqual(
    version.coverage.filter(line => line.state === 'used').map(line => ['ready', line.snapshotHash]),
  );
  const known = new Set(documents.map(({ id }) => id));
  const citations = opened.sections.flatMap(({ items }) => items.flatMap(item => item.citations));
  expect(citations.length).toBeGreaterThan(5);
  for (const { source, snapshotHash, start, end, quote } of citations) {
    expect(source.kind === 'document' && known.has(source.documentId)).toBe(true);
    const { index } = value(await client.call('sources.locate', { snapshotHash, offset: start ?? -1 }));
    const { segments } = value(await client.call('sources.read', { snapshotHash, from: index, limit: 1 }));
    const segment = segments[0] ?? expect.fail('The passage is there.');
    expect(segment.text.slice((start ?? 0) - segment.start, (end ?? 0) - segment.start)).toBe(quote.slice(0, segment.end - (start ?? 0)));
  }
  expect(value(await client.call('synopses.freshness', { sessionId })).stale).toEqual([]);
  await expect
    .poll(async () => value(await client.call('synopses.list', { search: 'автоматическим' })).synopses.length, { timeout: patienceMs })
    .toBe(1);
});

test('what is no bundle, is newer or was tampered with is refused with its reason, and nothing comes of it', async ({ onTestFinished }) => {
  const { bytes } = await savedSynopsis(onTestFinished);
  const { client } = program(onTestFinished);
  const files = unzipSync(bytes);
  const changed = (name: string, change: (text: string) => string) =>
    zipSync({ ...files, [name]: strToU8(change(strFromU8(files[name] ?? new Uint8Array()))) });
  const snapshot = Object.keys(files).find(name => name.startsWith('snapshots/')) ?? expect.fail('A bundle has snapshots.');
  const { [snapshot]: gone, ...without } = files;
  expect(gone).toBeDefined();
  const refused: readonly (readonly [Uint8Array, string])[] = [
    [strToU8('This is no zip.'), 'not_a_bundle'],
    [zipSync({ 'word/document.xml': strToU8('<w/>') }), 'not_a_bundle'],
    [bytes.slice(0, bytes.length / 2), 'not_a_bundle'],
    [changed('manifest.json', text => text.replace(/"version": ?1/u, '"version": 2')), 'bundle_too_new'],
    [changed('synopsis.json', text => text.replace(/1871/gu, '1872')), 'bundle_damaged'],
    [changed('synopsis.json', text => text.slice(0, 100)), 'bundle_damaged'],
    [changed(snapshot, text => text.replace('а', 'о')), 'bundle_damaged'],
    [zipSync(without), 'bundle_damaged'],
  ];
  for (const [given, code] of refused) {
    const answer = await openBundle(client, given);
    expect(answer.ok ? 'opened' : answer.error.code).toBe(code);
  }
  expect(value(await client.call('sessions.list', {})).sessions).toEqual([]);
  expect(value(await client.call('synopses.list', {})).synopses).toEqual([]);
});
