import { ipcMain, type IpcMainEvent } from 'electron';
import type { Dispatch } from '../ipc/dispatch.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import { serveChannel } from '../ipc/channel.ts';
import { pageOrigin } from './app-protocol.ts';

/**
 * SECURITY: the sender gate. A port is taken only from the main frame of a page of our origin in a window we made; what
 * comes through it afterwards is still checked frame by frame.
 */
export function mayConnect(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>, isOurs: (webContentsId: number) => boolean): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && originOf(frame.url) === pageOrigin && isOurs(event.sender.id);
}

/** `URL.origin` of a scheme that is not special is "null", so the origin is put together by hand. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return `${url.protocol}//${url.host}`;
}

export function openPortDoor(options: { readonly dispatch: Dispatch; readonly events: EventHub; readonly isOurs: (webContentsId: number) => boolean; readonly refuse: (url: string) => void }): void {
  ipcMain.on('konspekt:connect', event => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (!mayConnect(event, options.isOurs)) {
      options.refuse(event.senderFrame?.url ?? 'a frame that is gone');
      port.close();
      return;
    }
    const channel = serveChannel({
      dispatch: options.dispatch,
      events: options.events,
      send(frame) {
        port.postMessage(frame);
      },
    });
    port.on('message', message => {
      channel.receive(message.data);
    });
    port.on('close', () => {
      channel.close();
    });
    port.start();
  });
}
