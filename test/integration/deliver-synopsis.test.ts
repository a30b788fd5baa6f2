import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createDispatch } from '../../src/main/ipc/dispatch.ts';
import { createEventHub } from '../../src/main/ipc/event-hub.ts';
import { createInProcessChannel } from '../../src/main/ipc/in-process-channel.ts';
import { deliverSynopsis } from '../../src/main/headless/deliver-synopsis.ts';
import { ConnectionLostError, exitCodes } from '../../src/main/headless/exit-codes.ts';
import { wordsFor } from '../../src/main/headless/words.ts';
import { createClient } from '../../src/shared/contract/client.ts';
import { sessionId } from '../../src/shared/domain/ids.ts';
import { versionHead } from '../../src/shared/domain/synopsis.ts';
import { stubCalls, stubStreams } from '../support/stub-handlers.ts';
import { tempFolder } from '../support/temp-folder.ts';

const id = (end: number) => `01890000-0000-7000-8000-${String(end).padStart(12, '0')}`;
const chat = sessionId.parse(id(1));
const version = versionHead.parse({
  id: id(2),
  synopsisId: id(3),
  number: 1,
  state: 'ready',
  jobId: id(4),
  detail: 'standard',
  language: 'en',
  template: 'article',
  createdAtMs: 0,
  finishedAtMs: 1,
  issues: [{ code: 'source_failed', count: 1 }],
});

/** A program that hands out the synopsis; `endsBefore` begins to close once it has told of the version, before the file is written. */
function program(endsBefore: boolean) {
  let isClosing = false;
  const dispatch = createDispatch({
    calls: stubCalls({
      'synopses.open': () => {
        isClosing = endsBefore;
        return { version: null, versions: [version], proposal: null, revision: 1 };
      },
      'files.write': ({ format, path }) => {
        expect(format).toBe('markdown');
        writeFileSync(path, '# Tides\n');
        return {};
      },
    }),
    streams: stubStreams({}),
    reportUnexpected({ error }) {
      throw error;
    },
    isClosing: () => isClosing,
  });
  const { channel, close } = createInProcessChannel({ dispatch, events: createEventHub() });
  onTestFinished(close);
  return createClient(channel);
}

test('a program that ends in the middle of the handing over leaves nothing said twice', async () => {
  const folder = tempFolder();
  onTestFinished(() => {
    folder.remove();
  });
  const file = join(folder.path, 'x.md');
  const said = new PassThrough({ encoding: 'utf8' });
  const printed = new PassThrough({ encoding: 'utf8' });
  const context = { words: wordsFor('en'), out: printed, err: said } as unknown as Parameters<typeof deliverSynopsis>[0]['context'];
  const deliver = (endsBefore: boolean) =>
    deliverSynopsis({
      client: program(endsBefore),
      context,
      sessionId: chat,
      version,
      language: null,
      file,
      fileAsGiven: 'x.md',
    });
  await expect(deliver(true)).rejects.toThrow(ConnectionLostError);
  expect(await deliver(false)).toBe(exitCodes.issues);
  expect(said.read()).toBe('Synopsis written: x.md\nSources that could not be read: 1.\n');
  expect(printed.read()).toBeNull();
  expect(readFileSync(file, 'utf8')).toBe('# Tides\n');
});
