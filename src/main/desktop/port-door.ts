import { ipcMain } from 'electron';
import type { Dispatch } from '../ipc/dispatch.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import { servePort } from '../ipc/port-channel.ts';
import { mayConnect } from './may-connect.ts';

export interface PortDoorParams {
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  readonly isOurs: (webContentsId: number) => boolean;
  /** Told the address of a frame that was turned away. */
  readonly refuse: (url: string) => void;
}

/** Serves the contract on the port that the preload of our window sends; every load of the page sends a new one. */
export function openPortDoor(options: PortDoorParams): void {
  ipcMain.on('konspekt:connect', event => {
    const [port, ...surplus] = event.ports;
    for (const other of surplus) other.close();
    if (port === undefined) return;
    if (!mayConnect(event, options.isOurs)) {
      options.refuse(event.senderFrame?.url ?? 'a frame that is gone');
      port.close();
      return;
    }
    servePort(
      {
        postMessage: message => {
          port.postMessage(message);
        },
        onMessage: listener =>
          port.on('message', message => {
            listener(message.data);
          }),
        onClose: listener => port.on('close', listener),
        start: () => {
          port.start();
        },
      },
      options,
    );
  });
}
