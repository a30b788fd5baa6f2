import { contextBridge, ipcRenderer } from 'electron';
import { openPortDoor } from './port-door.ts';

/**
 * One duplex port to main and nothing else: the frames and their meaning are the contract's, checked on both sides, and
 * no route's name is known here.
 */
const { send, onFrame, onState } = openPortDoor({
  connect: mains => {
    ipcRenderer.postMessage('konspekt:connect', null, [mains]);
  },
  later: (work, ms) => {
    setTimeout(work, ms);
  },
});

contextBridge.exposeInMainWorld('konspekt', { send, onFrame, onState });
