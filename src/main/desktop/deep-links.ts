import type { App } from 'electron';
import { addressScheme, destinationOf, isMeantForProgram } from '../../shared/contract/address.ts';
import type { Destination } from '../../shared/contract/app.ts';

export interface DeepLinks {
  /** Goes where links lead from now on, and where the last one led that came before. */
  follow(go: (place: Destination) => void): void;
}

/** The link that a system starts the program with, among its own arguments and Chromium's. */
export function linkAmong(args: readonly string[]): string | null {
  return args.find(isMeantForProgram) ?? null;
}

/**
 * Links of the system: an argument of this start or of a second one (Windows, Linux), or an event that may come before the
 * program is ready (macOS). SECURITY: anybody can make one, so what it gives is a place to show and nothing else.
 */
export function hearDeepLinks(app: Pick<App, 'on' | 'isPackaged' | 'setAsDefaultProtocolClient'>, args: readonly string[]): DeepLinks {
  let go: ((place: Destination) => void) | null = null;
  let last: string | null = linkAmong(args);
  const arrived = (link: string | null) => {
    if (go === null) last = link ?? last;
    else if (link !== null) go(destinationOf(link));
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    arrived(url);
  });
  app.on('second-instance', (_event, argv) => {
    arrived(linkAmong(argv));
  });
  // Unpacked, the system would be told to start a bare Electron.
  if (app.isPackaged) app.setAsDefaultProtocolClient(addressScheme);
  return {
    follow(next) {
      go = next;
      arrived(last);
      last = null;
    },
  };
}
