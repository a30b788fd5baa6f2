const FIRED = [
  'did-start-loading',
  'did-stop-loading',
  'did-navigate',
  'did-navigate-in-page',
  'did-finish-load',
  'did-fail-load',
  'dom-ready',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'did-create-window',
  'render-process-gone',
  'destroyed',
  'console-message',
  'preload-error',
  'ipc-message',
  'page-title-updated',
] as const;
/** Never happen here unless a spec emits them. */
const PLAYED_BY_SPECS = [
  'will-attach-webview',
  'did-attach-webview',
  'context-menu',
  'before-input-event',
  'unresponsive',
  'responsive',
  'will-prevent-unload',
  'zoom-changed',
  'devtools-opened',
  'devtools-closed',
  'certificate-error',
  'select-client-certificate',
  'login',
  'page-favicon-updated',
  'did-start-navigation',
  'did-frame-finish-load',
  'did-redirect-navigation',
  'focus',
  'blur',
] as const;

export const CONTENTS_EVENTS = [...FIRED, ...PLAYED_BY_SPECS] as const;

/** CDP's console words → Electron's levels. */
export const CONSOLE_LEVELS: Readonly<Record<string, 'info' | 'warning' | 'error' | 'debug'>> = {
  warning: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
};

/** What of Electron's contents is modelled; anything else throws. */
export type ContentsMembers =
  | 'id'
  | 'mainFrame'
  | 'loadURL'
  | 'getURL'
  | 'getTitle'
  | 'isDestroyed'
  | 'isLoading'
  | 'isCrashed'
  | 'reload'
  | 'send'
  | 'postMessage'
  | 'executeJavaScript'
  | 'capturePage'
  | 'printToPDF'
  | 'setWindowOpenHandler'
  | 'forcefullyCrashRenderer'
  | 'close'
  | 'getType'
  | 'getOSProcessId'
  | 'setBackgroundThrottling'
  | 'focus'
  | 'isFocused'
  | 'isDevToolsOpened';
