import { modelled, ModelledEmitter, notModelled } from '../modelled.ts';
import { note } from '../record.ts';
import { makePermissions } from './permissions.ts';
import { protocol } from './protocol.ts';
import { makeWebRequest } from './web-request.ts';
import { app } from './app.ts';

const permissions = makePermissions();
const webRequest = makeWebRequest();

type Members =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setSpellCheckerEnabled'
  | 'setSpellCheckerLanguages'
  | 'isPersistent'
  | 'clearCache'
  | 'clearStorageData'
  | 'getUserAgent'
  | 'flushStorageData';

class DefaultSession extends ModelledEmitter implements Pick<Electron.Session, Members> {
  readonly webRequest = webRequest.api;
  readonly protocol = protocol;

  constructor() {
    super('session.defaultSession', [
      'will-download',
      'spellcheck-dictionary-download-begin',
      'spellcheck-dictionary-download-failure',
      'select-hid-device',
      'select-serial-port',
      'select-usb-device',
      'preconnect',
    ]);
  }

  get storagePath(): string {
    return app.getPath('sessionData');
  }

  setPermissionRequestHandler(handler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]): void {
    permissions.setRequestHandler(handler);
  }

  setPermissionCheckHandler(handler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]): void {
    permissions.setCheckHandler(handler);
  }

  /** There is no device to ask about; the handler is never called. */
  setDevicePermissionHandler(): void {
    note('session.setDevicePermissionHandler');
  }

  setSpellCheckerEnabled(enable: boolean): void {
    note('session.setSpellCheckerEnabled', enable);
  }

  setSpellCheckerLanguages(languages: string[]): void {
    note('session.setSpellCheckerLanguages', languages);
  }

  isPersistent(): boolean {
    return true;
  }

  getUserAgent(): string {
    return `Chrome/${process.versions['chrome'] ?? ''} Electron/${process.versions['electron'] ?? ''}`;
  }

  async clearCache(): Promise<void> {
    note('session.clearCache');
  }

  async clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    note('session.clearStorageData', options);
  }

  flushStorageData(): void {
    note('session.flushStorageData');
  }
}

const defaultSession = new DefaultSession();

/** For the requests and pages of the stand-in alone. */
export const sessionModel = {
  permissions,
  webRequest,
  emitWillDownload: (...args: unknown[]): boolean => defaultSession.emit('will-download', ...args),
};

/** One session: the windows share its profile, which lives as long as the process. */
export const session = modelled('session', {
  get defaultSession(): Electron.Session {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession as unknown as Electron.Session;
  },
  fromPartition(partition: string): Electron.Session {
    throw notModelled(`session.fromPartition('${partition}')`);
  },
});
