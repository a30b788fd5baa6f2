import type { App, Session, WebContents, WebPreferences } from 'electron';
import { isOwnPage, mayLoad } from './own-page.ts';

/** SECURITY: the only web preferences a window of ours is ever made with. */
export const windowPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  // On Windows and Linux Chromium would fetch dictionaries from a server that is not ours; nothing leaves this machine unasked.
  spellcheck: false,
} as const satisfies WebPreferences;

/** SECURITY: nothing in a page asks the system for anything; what the window needs goes through the contract. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
}

/** SECURITY: the session reaches no web and no file beside the window's own; the network is for main and the workers. */
export function confineSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayLoad(details.url) });
  });
  // An export goes through main and the system's dialog: nothing in a page becomes a file by itself.
  session.on('will-download', event => {
    event.preventDefault();
  });
}

/** SECURITY: a page neither leaves its origin nor opens windows nor embeds other contents. */
export function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', event => {
    event.preventDefault();
  });
}

/** Also for contents that some later change creates without asking here. */
export function confineAll(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    confineContents(contents);
  });
}
