import type { WorkerExit, WorkerPort } from '../../../src/main/workers/worker-port.ts';
import type { ParentPort } from '../../../src/workers/runtime/parent-port.ts';

/** Runs a worker in this process; frames are cloned and arrive in a microtask, as from outside. */
export function startInMemory(run: (port: ParentPort) => void): WorkerPort {
  const toMain: ((message: unknown) => void)[] = [];
  const toChild: ((message: unknown) => void)[] = [];
  const exitListeners: ((exit: WorkerExit) => void)[] = [];
  const disconnectListeners: (() => void)[] = [];
  const inbox: unknown[] = [];
  let ending = false;
  let gone = false;

  function end(exit: WorkerExit): void {
    if (ending) return;
    ending = true;
    queueMicrotask(() => {
      gone = true;
      for (const listener of disconnectListeners) listener();
      for (const listener of exitListeners) listener(exit);
    });
  }
  function deliver(): void {
    if (toChild.length === 0) return;
    for (const message of inbox.splice(0)) for (const listener of toChild) listener(message);
  }
  const parent: ParentPort = {
    pid: 1,
    send(frame) {
      if (ending) return;
      const copy: unknown = structuredClone(frame);
      queueMicrotask(() => {
        if (!gone) for (const listener of toMain) listener(copy);
      });
    },
    onMessage(listener) {
      toChild.push(listener);
      queueMicrotask(() => {
        if (!gone) deliver();
      });
    },
    onDisconnect: listener => {
      disconnectListeners.push(listener);
    },
    exit: code => end({ code, signal: null }),
  };
  queueMicrotask(() => {
    if (!ending) run(parent);
  });

  return {
    pid: () => null,
    send(frame) {
      if (ending) return;
      inbox.push(structuredClone(frame));
      queueMicrotask(() => {
        if (!gone && !ending) deliver();
      });
    },
    onMessage: listener => {
      toMain.push(listener);
    },
    onGarbage: () => {},
    onExit: listener => {
      exitListeners.push(listener);
    },
    kill: () => end({ code: null, signal: 'SIGKILL' }),
    outputTail: () => '',
  };
}
