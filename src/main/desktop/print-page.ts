import { BrowserWindow } from 'electron';
import { printPatienceMs, type PrintPage } from '../app/files/print-page.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import { pageOrigin } from './own-page.ts';
import { windowPreferences } from './window-security.ts';

/** Prints with the program's own Chromium, in a window that nobody sees. */
export const printPage: PrintPage = async ({ urlPath, signal }) => {
  const window = new BrowserWindow({
    show: false,
    // SECURITY: the page is text of documents; no script runs in it, whatever it says.
    webPreferences: { ...windowPreferences, javascript: false },
  });
  const overdue = AbortSignal.any([signal, AbortSignal.timeout(printPatienceMs)]);
  const close = () => {
    if (!window.isDestroyed()) window.destroy();
  };
  overdue.addEventListener('abort', close, { once: true });
  try {
    await window.loadURL(`${pageOrigin}${urlPath}`);
    return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: false });
  } catch (cause) {
    signal.throwIfAborted();
    throw new ExpectedError('print_failed', 'The page could not be printed. Save the page (HTML) and print it yourself.', { cause });
  } finally {
    overdue.removeEventListener('abort', close);
    close();
  }
};
