import type { IpcMainEvent } from 'electron';
import { pageOrigin } from './own-page.ts';

/**
 * SECURITY: the sender gate. A port is taken only from the main frame of a page of our origin in a window we made; what
 * comes through it afterwards is still checked frame by frame.
 */
export function mayConnect(
  {
    senderFrame: frame,
    sender,
  }: {
    readonly senderFrame: Pick<NonNullable<IpcMainEvent['senderFrame']>, 'url' | 'parent'> | null;
    readonly sender: { readonly id: number };
  },
  isOurs: (webContentsId: number) => boolean,
): boolean {
  return frame !== null && frame.parent === null && originOf(frame.url) === pageOrigin && isOurs(sender.id);
}

/** `URL.origin` of a scheme that is not special is "null", so the origin is put together by hand. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return `${url.protocol}//${url.host}`;
}
