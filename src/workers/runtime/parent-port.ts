import { Socket } from 'node:net';
import { frameValueLimit, type FromWorker } from '../../shared/contract/worker/frames.ts';
import { createFrameReader, createFrameWriter } from '../../shared/contract/worker/frame-stream.ts';

/** How long the last frames have to reach the parent before the process ends all the same: within the 4 s a shutdown may take. */
const flushCeilingMs = 3_000;

/** Chromium's own thread hands messages over and does not tell when: a tenth of a second is long for a burst and short for a person. */
const handOverMs = 100;

/** The way to the process that started this one. */
export interface ParentPort {
  readonly pid: number;
  send(frame: FromWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone, whatever ended it. */
  onDisconnect(listener: () => void): void;
  /** Ends this process once what was sent is on its way. */
  exit(code: number): void;
}

/** What is used of Electron's `process.parentPort`. */
interface ElectronParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

function electronPort(port: ElectronParentPort): ParentPort {
  let lastSentAt = -Infinity;
  return {
    pid: process.pid,
    send(frame) {
      // One message each: nothing here is saved by gathering, and what is said before a long stretch of work does not wait for its end.
      port.postMessage(frame);
      lastSentAt = performance.now();
    },
    onMessage(listener) {
      port.on('message', event => {
        listener(event.data);
      });
    },
    // Chromium ends a utility process whose browser process is gone; `parent-watch` covers a blocked loop.
    onDisconnect: () => {},
    exit(code) {
      setTimeout(() => process.exit(code), Math.max(0, lastSentAt + handOverMs - performance.now()));
    },
  };
}

function pipePort(fd: number): ParentPort {
  const pipe = new Socket({ fd, readable: true, writable: true });
  const disconnectListeners: (() => void)[] = [];
  let closed = false;
  const closePipe = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of disconnectListeners) listener();
  };
  pipe.on('end', closePipe);
  pipe.on('close', closePipe);
  // Writing to a parent that has just died; `close` follows.
  pipe.on('error', () => {});
  const writer = createFrameWriter({
    charLimit: frameValueLimit,
    encodeUtf8: text => Buffer.from(text, 'utf8'),
    afterTurn: callback => {
      process.nextTick(callback);
    },
    write(header, body) {
      // One system call for both.
      pipe.cork();
      pipe.write(header);
      pipe.write(body);
      pipe.uncork();
    },
  });
  return {
    pid: process.pid,
    send: writer.send,
    onMessage(listener) {
      const read = createFrameReader({
        // The parent is trusted; a job with many recorded steps starts with a frame as large as all of them.
        byteLimit: Number.MAX_SAFE_INTEGER,
        decodeUtf8: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
        onFrame: listener,
        onGarbage: reason => {
          throw new Error(`The pipe to the program is broken: ${reason}.`);
        },
      });
      pipe.on('data', read);
    },
    onDisconnect: listener => {
      disconnectListeners.push(listener);
    },
    exit(code) {
      setTimeout(() => process.exit(code), flushCeilingMs);
      writer.flush();
      pipe.end(() => process.exit(code));
    },
  };
}

/** Picks the port this process was started with: Electron's, or the pipe `main/workers/child-process-port.ts` opened. */
export function parentPort(): ParentPort {
  const electron = (process as unknown as { readonly parentPort?: ElectronParentPort }).parentPort;
  if (electron !== undefined && electron !== null) return electronPort(electron);
  const fd = Number(process.env['KONSPEKT_WORKER_PIPE']);
  if (Number.isInteger(fd) && fd > 2) return pipePort(fd);
  throw new Error('A worker is started by the program and not by hand: there is neither a parent port nor KONSPEKT_WORKER_PIPE.');
}
