import type { CdpSession } from '../chromium/cdp-connection.ts';

type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

/** Chromium's word for a permission (DevTools protocol, Browser.PermissionDescriptor). */
interface Descriptor {
  readonly name: string;
  readonly sysex?: boolean;
}

/** Electron's permission names beside Chromium's own descriptors. What is not listed keeps Chromium's default. */
const PERMISSIONS: readonly (readonly [Permission, Descriptor])[] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
  ['storage-access', { name: 'storage-access' }],
];

export interface PermissionModel {
  setRequestHandler(handler: RequestHandler | null): void;
  setCheckHandler(handler: CheckHandler | null): void;
  /** Before a page of this origin loads: puts the app's answers into Chromium. Once per origin and set of handlers. */
  apply(
    browser: CdpSession,
    webContents: Electron.WebContents,
    requested: { url: string; origin: string },
    pageOrigin: string,
  ): Promise<void>;
}

/**
 * DevTools tells of no permission prompt, so the handlers are asked beforehand, once for each permission when an
 * origin is first loaded, and Chromium is given the answers. Without handlers everything is granted, as on Electron.
 */
export function makePermissions(): PermissionModel {
  let onRequest: RequestHandler | null = null;
  let onCheck: CheckHandler | null = null;
  const applied = new Set<string>();

  const isGranted = async (
    webContents: Electron.WebContents,
    permission: Permission,
    { url, origin }: { url: string; origin: string },
  ): Promise<boolean> => {
    const details = { requestingUrl: url, isMainFrame: true };
    const checked =
      onCheck === null || onCheck(webContents, permission as Parameters<CheckHandler>[1], origin, details as Parameters<CheckHandler>[3]);
    const request = onRequest;
    const requested =
      request === null ||
      (await new Promise<boolean>(resolve => request(webContents, permission, resolve, details as Parameters<RequestHandler>[3])));
    return checked && requested;
  };
  return {
    setRequestHandler(handler) {
      onRequest = handler;
      applied.clear();
    },
    setCheckHandler(handler) {
      onCheck = handler;
      applied.clear();
    },
    async apply(browser, webContents, requested, pageOrigin) {
      if (applied.has(pageOrigin)) return;
      applied.add(pageOrigin);
      await Promise.all(
        PERMISSIONS.map(async ([name, permission]) => {
          const setting = (await isGranted(webContents, name, requested)) ? 'granted' : 'denied';
          await browser.send('Browser.setPermission', { permission, setting, origin: pageOrigin });
        }),
      );
    },
  };
}
