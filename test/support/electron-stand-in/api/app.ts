import { ModelledEmitter, preventableEvent } from '../modelled.ts';
import { openWindows } from '../open-windows.ts';
import { note } from '../record.ts';
import { runtime } from '../runtime.ts';
import { makeAppPaths } from './app-paths.ts';
import { commandLine } from './command-line.ts';
import { takeSingleInstanceLock, type SecondInstance } from './single-instance-lock.ts';

/** Fired by the stand-in itself. */
const FIRED = [
  'ready',
  'will-finish-launching',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
  'child-process-gone',
] as const;
/** The system's doing: they never happen here unless a spec emits them (`app.emit('activate', {}, false)`). */
const PLAYED_BY_SPECS = [
  'activate',
  'open-url',
  'open-file',
  'did-become-active',
  'did-resign-active',
  'accessibility-support-changed',
  'certificate-error',
  'select-client-certificate',
  'login',
  'gpu-info-update',
  'session-created',
  'continue-activity',
  'new-window-for-tab',
] as const;

type Members =
  | 'name'
  | 'isPackaged'
  | 'commandLine'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getPath'
  | 'setPath'
  | 'setAppLogsPath'
  | 'getLocale'
  | 'getSystemLocale'
  | 'getPreferredSystemLanguages'
  | 'getLocaleCountryCode'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'setAboutPanelOptions'
  | 'showAboutPanel'
  | 'disableHardwareAcceleration'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'isDefaultProtocolClient'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'addRecentDocument'
  | 'clearRecentDocuments';

class App extends ModelledEmitter implements Omit<Pick<Electron.App, Members>, 'commandLine'> {
  readonly isPackaged = false;
  readonly dock = undefined;
  readonly commandLine = commandLine;
  readonly #paths = makeAppPaths(() => this.name);
  readonly #ready = Promise.withResolvers<void>();
  readonly #seconds: SecondInstance[] = [];
  #name = '';
  #quitting = false;
  #badge = 0;
  #release: (() => void) | undefined;
  #loginItem: Electron.Settings = { openAtLogin: false };

  constructor() {
    super('app', [...FIRED, ...PLAYED_BY_SPECS]);
  }

  get name(): string {
    return this.#name || runtime.packageName;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return runtime.packageVersion;
  }

  getAppPath(): string {
    return runtime.appPath;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.#paths.set('logs', path);
  }

  /** `--lang=…`, or what the environment says, or English: the order of Chromium on Linux. */
  getLocale(): string {
    return commandLine.getSwitchValue('lang') || this.getSystemLocale();
  }

  getSystemLocale(): string {
    const named =
      process.env['LANGUAGE']?.split(':')[0] || process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
    const language = named.replace(/[.@].*$/, '').replace('_', '-');
    return language === '' || language === 'C' || language === 'POSIX' ? 'en-US' : language;
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }

  getLocaleCountryCode(): string {
    return this.getSystemLocale().split('-')[1] ?? '';
  }

  isReady(): boolean {
    return runtime.isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** boot.ts, once Chromium is up and the app's entry has been evaluated. Playwright wraps `emit`, so it is looked up here. */
  becomeReady(): void {
    runtime.isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#ready.resolve();
    for (const second of this.#seconds.splice(0)) this.#announce(second);
  }

  focus(): void {
    const first = openWindows.all()[0];
    first?.window.focus();
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    if (this.#quitting) return;
    const asked = preventableEvent();
    this.emit('before-quit', asked);
    if (asked.defaultPrevented) return;
    this.#quitting = true;
    for (const window of openWindows.all()) {
      if (await window.tryClose()) continue;
      this.#quitting = false;
      return;
    }
    this.#finish();
  }

  /** The last window closed by itself. With no listener the program ends, as on Electron. */
  lastWindowClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #finish(): void {
    const asked = preventableEvent();
    this.emit('will-quit', asked);
    if (asked.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.#leave(0);
  }

  #leave(code: number): never {
    this.emit('quit', {}, code);
    process.exit(code);
  }

  exit(code = 0): void {
    this.#quitting = true;
    for (const window of openWindows.all()) window.destroy();
    this.#leave(code);
  }

  relaunch(options?: Electron.RelaunchOptions): void {
    note('app.relaunch', options);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    if (this.#release !== undefined) return true;
    const me: SecondInstance = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#release = takeSingleInstanceLock(this.getPath('userData'), me, second => {
      if (runtime.isReady) this.#announce(second);
      else this.#seconds.push(second); // Electron promises the event after `ready` only
    });
    return this.#release !== undefined;
  }

  #announce({ argv, workingDirectory, additionalData }: SecondInstance): void {
    this.emit('second-instance', {}, argv, workingDirectory, additionalData);
  }

  hasSingleInstanceLock(): boolean {
    return this.#release !== undefined;
  }

  releaseSingleInstanceLock(): void {
    this.#release?.();
    this.#release = undefined;
  }

  enableSandbox(): void {
    this.#beforeReady('enableSandbox');
    note('app.enableSandbox');
  }

  disableHardwareAcceleration(): void {
    this.#beforeReady('disableHardwareAcceleration');
    note('app.disableHardwareAcceleration');
  }

  #beforeReady(call: string): void {
    if (runtime.isReady) throw new Error(`app.${call}() can only be called before app is ready`);
  }

  setAppUserModelId(id: string): void {
    note('app.setAppUserModelId', id);
  }

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    note('app.setAboutPanelOptions', options);
  }

  showAboutPanel(): void {
    note('app.showAboutPanel');
  }

  setAsDefaultProtocolClient(...args: Parameters<Electron.App['setAsDefaultProtocolClient']>): boolean {
    note('app.setAsDefaultProtocolClient', ...args);
    return true;
  }

  removeAsDefaultProtocolClient(...args: Parameters<Electron.App['removeAsDefaultProtocolClient']>): boolean {
    note('app.removeAsDefaultProtocolClient', ...args);
    return true;
  }

  isDefaultProtocolClient(): boolean {
    return false;
  }

  setBadgeCount(count = 0): boolean {
    note('app.setBadgeCount', count);
    this.#badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    note('app.setLoginItemSettings', settings);
    this.#loginItem = settings;
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return { ...this.#loginItem } as Electron.LoginItemSettings;
  }

  addRecentDocument(path: string): void {
    note('app.addRecentDocument', path);
  }

  clearRecentDocuments(): void {
    note('app.clearRecentDocuments');
  }
}

export const app = new App();
