import { parentPort, workerData } from 'node:worker_threads';
import { runThisThreadInBackground } from '../processor/run-in-background.ts';
import type { Database } from './connection.ts';
import { moveLog, openConnection, openReadOnlyConnection } from './connection.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { createReaderMethods } from './reader-methods.ts';
import type { ReaderReply, ReaderRequest, ReaderStart } from './reader.ts';

/** The entry of the reader thread: connections of its own that write no row, one request at a time, in the order they came. */
function serve(port: NonNullable<typeof parentPort>, { folder }: ReaderStart): void {
  const db = openReadOnlyConnection(folder.database);
  /** Writes no row, ever: all it does is `moveLog`. */
  let logMover: Database | null = null;
  const methods = createReaderMethods(db, folder, () => {
    logMover ??= openConnection(folder.database, { mustExist: true });
    moveLog(logMover);
  });
  port.on('message', (request: ReaderRequest | 'close') => {
    if (request === 'close') {
      db.close();
      logMover?.close();
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

runThisThreadInBackground();
if (parentPort !== null) serve(parentPort, workerData as ReaderStart);
