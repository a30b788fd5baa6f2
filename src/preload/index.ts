import { contextBridge, ipcRenderer } from 'electron';

/**
 * One duplex port to main and nothing else: the frames and their meaning are the contract's, checked on both sides, and
 * no route's name is known here.
 */
const { port1: own, port2: mains } = new MessageChannel();
const early: unknown[] = [];
let listener: ((frame: unknown) => void) | null = null;

own.onmessage = event => {
  if (listener === null) early.push(event.data);
  else listener(event.data);
};
ipcRenderer.postMessage('konspekt:connect', null, [mains]);

contextBridge.exposeInMainWorld('konspekt', {
  send(frame: unknown): void {
    own.postMessage(frame);
  },
  /** One listener: the page fans out. Frames that came before it are delivered first. */
  onFrame(next: (frame: unknown) => void): void {
    listener = next;
    for (const frame of early.splice(0)) next(frame);
  },
});
