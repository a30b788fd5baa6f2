// What `import … from 'electron'` and `require('electron')` give in the main process: every name of Electron's own, modelled or refusing.
import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { clipboard } from './api/clipboard.ts';
import { crashReporter } from './api/crash-reporter.ts';
import { dialog } from './api/dialog.ts';
import { globalShortcut } from './api/global-shortcut.ts';
import { ipcMain } from './api/ipc-main.ts';
import { Menu, MenuItem } from './api/menu.ts';
import { MessageChannelMain } from './api/message-port-main.ts';
import { nativeImage } from './api/native-image.ts';
import { nativeTheme } from './api/native-theme.ts';
import { net } from './api/net.ts';
import { Notification } from './api/notification.ts';
import { powerMonitor } from './api/power-monitor.ts';
import { protocol } from './api/protocol.ts';
import { safeStorage } from './api/safe-storage.ts';
import { screen } from './api/screen.ts';
import { session } from './api/session.ts';
import { shell } from './api/shell.ts';
import { Tray } from './api/tray.ts';
import { utilityProcess } from './api/utility-process.ts';
import { webContents } from './api/web-contents.ts';
import { modelled, unmodelled } from './modelled.ts';

export const autoUpdater = unmodelled('autoUpdater');
export const BaseWindow = unmodelled('BaseWindow');
export const BrowserView = unmodelled('BrowserView');
export const contentTracing = unmodelled('contentTracing');
export const desktopCapturer = unmodelled('desktopCapturer');
export const ImageView = unmodelled('ImageView');
export const inAppPurchase = unmodelled('inAppPurchase');
export const netLog = unmodelled('netLog');
export const powerSaveBlocker = unmodelled('powerSaveBlocker');
export const pushNotifications = unmodelled('pushNotifications');
export const ServiceWorkerMain = unmodelled('ServiceWorkerMain');
export const ShareMenu = unmodelled('ShareMenu');
export const systemPreferences = unmodelled('systemPreferences');
export const TouchBar = unmodelled('TouchBar');
export const View = unmodelled('View');
export const webFrameMain = unmodelled('webFrameMain');
export const WebContentsView = unmodelled('WebContentsView');

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};

// Electron is CommonJS, so packages write `import electron from 'electron'`; that asks for a default export.
export default modelled('main', {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  ServiceWorkerMain,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
});
