import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import { uploadChunkBytes } from '../../src/shared/contract/documents.ts';
import { formatTable } from '../../src/shared/domain/document-formats.ts';
import type { DocumentView } from '../../src/shared/domain/document.ts';
import type { JobId, SessionId } from '../../src/shared/domain/ids.ts';
import { isFinal } from '../../src/shared/domain/job-state.ts';
import { everyFormat, lighthouse } from '../support/documents/every-format.ts';
import { makeGreyPng } from '../support/documents/png-file.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestChat } from '../support/open-test-chat.ts';

failOnLeaks();

let client: Client;
let sessionId: SessionId;
beforeEach(async ({ onTestFinished }) => {
  ({ client, sessionId } = await openTestChat(onTestFinished));
});

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>): Promise<T> {
  const got = await answer;
  if (!got.ok) throw new Error(got.error.message);
  return got.value;
}

async function add(name: string, bytes: Uint8Array): Promise<DocumentView> {
  const { uploadId } = await value(client.call('uploads.begin', { name, byteCount: bytes.byteLength }));
  for (let offset = 0; offset < bytes.byteLength; offset += uploadChunkBytes)
    await value(
      client.call('uploads.append', { uploadId, offset, bytes: Uint8Array.from(bytes.subarray(offset, offset + uploadChunkBytes)) }),
    );
  return await value(client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'upload', uploadId } }));
}

function ended(jobId: JobId | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (jobId === null) throw new Error('It has no job.');
    let isOver = false;
    client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk: job => (isOver = isFinal(job.state)),
        onEnd: error => {
          if (error === null && isOver) resolve();
          else reject(new Error(error?.message ?? 'It did not end.'));
        },
      },
    );
  });
}

async function documents(): Promise<DocumentView[]> {
  return (await value(client.call('documents.list', { sessionId }))).documents;
}

describe.each(Object.keys(everyFormat) as (keyof typeof everyFormat)[])('a document of the format %s', format => {
  test('is read, becomes a synopsis, and its citations open at their words', async () => {
    const bytes = Buffer.from(await everyFormat[format]());
    const document = await add(`lighthouse.${formatTable[format].extensions[0]}`, bytes);
    await ended(document.jobId);
    const [read] = await documents();
    expect(read).toMatchObject({ state: 'ready', format, error: null, warnings: [], language: 'en' });

    const { version } = await value(client.call('synopses.request', { sessionId, requestKey: randomUUID(), language: 'en' }));
    await ended(version.jobId);
    const made = (await value(client.call('synopses.open', { sessionId }))).version;
    const citations = made?.sections.flatMap(section => section.items.flatMap(item => item.citations)) ?? [];
    expect(citations.length).toBeGreaterThan(2);
    for (const { snapshotHash, start, quote, page, timeMs, support } of citations) {
      expect(support).toBe('verified');
      const { index } = await value(client.call('sources.locate', { snapshotHash, offset: start ?? -1 }));
      const [segment] = (await value(client.call('sources.read', { snapshotHash, from: index, limit: 1 }))).segments;
      if (segment === undefined) throw new Error(`Nothing stands at ${start}.`);
      expect(segment.text.slice((start ?? 0) - segment.start, (start ?? 0) - segment.start + quote.length)).toBe(quote);
      // A row is cited whole.
      if (format === 'table' || format === 'xlsx') expect(segment.text.split('\n')).toContain(quote);
      expect(segment.page).toBe(page);
      expect(segment.timeMs).toBe(timeMs);
      if (format === 'subtitles') expect(segment.timeMs).toBe(lighthouse.findIndex(sentence => segment.text.startsWith(sentence)) * 20_000);
      else expect(segment.timeMs).toBeUndefined();
    }
  });
});

test('a picture without a model that sees is kept as a source that says what it needs', async () => {
  const picture = await add('map.png', makeGreyPng(8, 8));
  await ended(picture.jobId);
  expect(await documents()).toMatchObject([{ state: 'failed', error: { code: 'no_text', detail: 'needs-vision-model' } }]);
});

test('the same bytes are one document whichever way and name they come, and a changed file is another whose old text stays', async () => {
  const text = lighthouse.join('\n\n');
  const first = await add('lighthouse.txt', Buffer.from(text));
  await ended(first.jobId);
  const [before] = await documents();
  const twin = await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'other', text } });
  expect(twin).toMatchObject({ ok: false, error: { code: 'already_here' } });
  await expect(add('copy.md', Buffer.from(text))).rejects.toThrow(/already/u);

  const changed = await add('lighthouse.txt', Buffer.from(`${text}\n\nIn 1999 it became a museum.`));
  await ended(changed.jobId);
  const all = await documents();
  expect(all.map(({ snapshotHash }) => snapshotHash)).toEqual([
    before?.snapshotHash,
    expect.not.stringMatching(before?.snapshotHash ?? '-'),
  ]);
  await value(client.call('documents.remove', { documentId: first.id }));
  if (!before?.snapshotHash) throw new Error('It was not read.');
  const old = await value(client.call('sources.read', { snapshotHash: before.snapshotHash, from: 0, limit: 500 }));
  expect(old.segments.map(segment => segment.text).join('\n\n')).toBe(text);
});
