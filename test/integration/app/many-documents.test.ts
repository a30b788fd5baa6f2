import { expect, test } from 'vitest';
import { synopsisMake } from '../../../src/main/app/kinds/synopsis-make.ts';
import { frameValueLimit } from '../../../src/shared/contract/worker/frames.ts';
import { documentsPerSession } from '../../../src/shared/domain/document.ts';
import { addSession, addVersion, fillSession, newId, noModels, noonMs, plainStore, testFolder } from '../store/store-fixture.ts';

test('as many documents as a chat holds fit what a worker takes, also under the longest titles', async ({ onTestFinished }) => {
  const folder = testFolder();
  const { store, close } = plainStore(folder.root);
  onTestFinished(() => {
    close();
    folder.remove();
  });
  const session = addSession(store, { title: 'Много' });
  // Quotation marks: each is written as two characters.
  fillSession(store, session, documentsPerSession, at => `${at}`.padEnd(500, '"'));
  const kind = synopsisMake({
    serviceFor: () => null,
    store,
    isBeingRead: () => false,
    lookAtSnapshot: () => Promise.resolve(),
    ...noModels,
    now: () => noonMs,
  });
  const payload = {
    sessionId: session,
    versionId: addVersion(store, session),
    language: null,
    engine: null,
    only: null,
    instruction: null,
    basedOn: null,
  };
  const job = { id: newId.job(), sessionId: session, payload, attempt: 1, leaseToken: 'l', traceId: 't', parentId: null };
  const input = await kind.prepare(job);
  expect(input.sources).toHaveLength(documentsPerSession);
  expect(JSON.stringify(input).length).toBeLessThan(frameValueLimit);
});
