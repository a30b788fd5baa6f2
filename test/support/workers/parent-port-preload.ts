/** Gives a plain Node process the `process.parentPort` of an Electron utility process. Loaded with `--import`. */
const listeners: ((event: { data: unknown }) => void)[] = [];
const waiting: unknown[] = [];
process.on('message', data => {
  if (listeners.length === 0) waiting.push(data);
  for (const listener of listeners) listener({ data });
});
Object.defineProperty(process, 'parentPort', {
  value: {
    on(_event: 'message', listener: (event: { data: unknown }) => void) {
      listeners.push(listener);
      for (const data of waiting.splice(0)) listener({ data });
    },
    postMessage: (message: unknown) => {
      handingOver += 1;
      process.send?.(message, undefined, undefined, () => {
        handingOver -= 1;
        if (handingOver === 0 && exitCode !== null) exitNow(exitCode);
      });
    },
  },
});

// Chromium hands messages over on a thread of its own; here the same loop does it, so the exit waits for it.
const exitNow = process.exit.bind(process);
let handingOver = 0;
let exitCode: number | null = null;
Object.defineProperty(process, 'exit', {
  value: (code: number) => {
    if (handingOver === 0) exitNow(code);
    exitCode = code;
  },
});
export {};
