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
      process.send?.(message);
    },
  },
});
export {};
