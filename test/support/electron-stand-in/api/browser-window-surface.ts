import { notModelled } from '../modelled.ts';

const FIRED = [
  'close',
  'closed',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'restore',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  'move',
  'moved',
  'resize',
  'resized',
  'ready-to-show',
  'page-title-updated',
] as const;
/** Never happen here unless a spec emits them. */
const PLAYED_BY_SPECS = [
  'unresponsive',
  'responsive',
  'session-end',
  'query-session-end',
  'app-command',
  'swipe',
  'system-context-menu',
  'always-on-top-changed',
  'will-move',
  'will-resize',
  'enter-html-full-screen',
  'leave-html-full-screen',
  'new-window-for-tab',
] as const;

export const WINDOW_EVENTS = [...FIRED, ...PLAYED_BY_SPECS] as const;

/** The options under which a window is not modelled: they are the unsafe ones. */
export function refuseUnsafe(preferences: Electron.WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, nodeIntegrationInWorker, webviewTag, webSecurity } =
    preferences;
  if (sandbox === false) throw notModelled('BrowserWindow without sandbox');
  if (contextIsolation === false) throw notModelled('BrowserWindow without contextIsolation');
  if (nodeIntegration === true || nodeIntegrationInSubFrames === true || nodeIntegrationInWorker === true)
    throw notModelled('BrowserWindow with nodeIntegration');
  if (webviewTag === true) throw notModelled('BrowserWindow with webviewTag');
  if (webSecurity === false) throw notModelled('BrowserWindow without webSecurity');
}

/** What of Electron's window is modelled; anything else throws. */
export type WindowMembers =
  | 'id'
  | 'loadURL'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'isNormal'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'getContentBounds'
  | 'getSize'
  | 'setSize'
  | 'getPosition'
  | 'setPosition'
  | 'center'
  | 'setMinimumSize'
  | 'getMinimumSize'
  | 'setTitle'
  | 'getTitle'
  | 'setBackgroundColor'
  | 'getBackgroundColor'
  | 'setProgressBar'
  | 'flashFrame'
  | 'setSkipTaskbar'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'isMenuBarVisible'
  | 'setAlwaysOnTop'
  | 'isAlwaysOnTop'
  | 'setIcon'
  | 'setOverlayIcon'
  | 'moveTop'
  | 'reload'
  | 'capturePage'
  | 'setResizable'
  | 'isResizable'
  | 'setVisibleOnAllWorkspaces';
