import { parentPort, workerData } from 'node:worker_threads';
import { openReadOnlyConnection } from './connection.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { createReaderMethods } from './reader-methods.ts';
import type { ReaderReply, ReaderRequest, ReaderStart } from './reader.ts';

/** The entry of the reader thread: a read-only connection of its own, one request at a time, in the order they came. */
function serve(port: NonNullable<typeof parentPort>, { folder }: ReaderStart): void {
  const db = openReadOnlyConnection(folder.database);
  const methods = createReaderMethods(db, folder);
  port.on('message', (request: ReaderRequest | 'close') => {
    if (request === 'close') {
      db.close();
      port.close();
      return;
    }
    port.postMessage(answer(methods, request));
  });
}

function answer(methods: ReaderMethods, { id, method, argument }: ReaderRequest): ReaderReply {
  try {
    // Both ends are typed by the client, which pairs each method with its argument.
    const call: (argument: never) => unknown = methods[method];
    return { id, ok: true, value: call(argument as never) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    return {
      id,
      ok: false,
      name: error instanceof Error ? error.name : 'Error',
      message: error instanceof Error ? error.message : String(error),
      code,
    };
  }
}

if (parentPort !== null) serve(parentPort, workerData as ReaderStart);
