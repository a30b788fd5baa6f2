import { Worker } from 'node:worker_threads';
import type { DataFolder } from './data-folder.ts';
import type { ReaderMethods } from './reader-methods.ts';

/** Asynchronous twin of every method of the reader thread. */
export type Reader = {
  readonly [M in keyof ReaderMethods]: (...args: Parameters<ReaderMethods[M]>) => Promise<ReturnType<ReaderMethods[M]>>;
} & {
  /** Ends the thread after the requests it already has; later ones are refused. Idempotent. */
  close(): Promise<void>;
};

export interface ReaderStart {
  readonly folder: DataFolder;
}

export interface ReaderRequest {
  readonly id: number;
  readonly method: keyof ReaderMethods;
  readonly argument: unknown;
}

export type ReaderReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string; readonly code: string | null };

/** A request failed in the reader thread, or the thread ended under it; the next request starts a new thread. */
export class ReaderError extends Error {
  override readonly name = 'ReaderError';
  /** The error's name in the thread. */
  readonly kind: string;
  readonly code: string | null;
  constructor(kind: string, message: string, code: string | null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Client of the reader thread, which is started by the first request. `entry` is the bundled `out/main/reader.js`, or
 * `reader-thread.ts` where Node runs the sources.
 */
export function createReader(entry: URL, folder: DataFolder): Reader {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let nextId = 1;
  let isClosed = false;

  function start(): Worker {
    const started = new Worker(entry, { workerData: { folder } satisfies ReaderStart, name: 'store-reader' });
    started.on('message', (reply: ReaderReply) => {
      const request = pending.get(reply.id);
      pending.delete(reply.id);
      settle(started);
      if (reply.ok) request?.resolve(reply.value);
      else request?.reject(new ReaderError(reply.name, reply.message, reply.code));
    });
    started.on('error', error => {
      lose(started, error instanceof Error ? error.message : String(error));
    });
    started.on('exit', code => {
      lose(started, `the thread ended with code ${code}`);
    });
    return started;
  }

  /** An idle thread must not keep the process alive; one at work must. */
  function settle(thread: Worker): void {
    if (pending.size === 0) thread.unref();
  }

  function lose(thread: Worker, reason: string): void {
    // A thread tells its error and then its exit; by then a new one may be at work on what was asked since.
    if (worker !== thread) return;
    worker = null;
    const lost = [...pending.values()];
    pending.clear();
    for (const request of lost)
      request.reject(new ReaderError('ReaderLost', `The reader thread stopped (${reason}). Ask again.`, 'reader_lost'));
  }

  function ask<M extends keyof ReaderMethods>(method: M) {
    return (...args: Parameters<ReaderMethods[M]>): Promise<ReturnType<ReaderMethods[M]>> =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new ReaderError('ReaderClosed', 'The store is closed.', 'closed'));
          return;
        }
        worker ??= start();
        const id = nextId;
        nextId += 1;
        // The thread's methods are the ones of the same name, so the value is of the method's type.
        pending.set(id, {
          resolve: value => {
            resolve(value as ReturnType<ReaderMethods[M]>);
          },
          reject,
        });
        worker.ref();
        worker.postMessage({ id, method, argument: args[0] } satisfies ReaderRequest);
      });
  }

  return {
    searchPassages: ask('searchPassages'),
    searchMaterial: ask('searchMaterial'),
    unembedded: ask('unembedded'),
    vectorHealth: ask('vectorHealth'),
    loadMeaning: ask('loadMeaning'),
    searchSessions: ask('searchSessions'),
    searchJobs: ask('searchJobs'),
    searchMessages: ask('searchMessages'),
    searchSynopses: ask('searchSynopses'),
    readSegments: ask('readSegments'),
    readText: ask('readText'),
    locateSegment: ask('locateSegment'),
    checkSnapshot: ask('checkSnapshot'),
    preparePassages: ask('preparePassages'),
    integrityCheck: ask('integrityCheck'),
    moveLog: ask('moveLog'),
    writeBackup: ask('writeBackup'),
    describeBackups: ask('describeBackups'),
    checkBackup: ask('checkBackup'),
    countRows: ask('countRows'),
    async close() {
      isClosed = true;
      const thread = worker;
      if (thread === null) return;
      await new Promise<void>(resolve => {
        thread.once('exit', () => {
          resolve();
        });
        thread.ref();
        thread.postMessage('close');
      });
    },
  };
}
