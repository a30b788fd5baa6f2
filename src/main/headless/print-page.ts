import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printPatienceMs, type PrintPage } from '../app/files/print-page.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import { findBrowser } from '../app/browser/find-browsers.ts';

/** Prints with a Chrome, Edge or Chromium of the person's, in a profile of its own that is thrown away. */
export const printPage: PrintPage = async ({ path, signal }) => {
  const browser = await findBrowser();
  if (browser === null)
    throw new ExpectedError(
      'no_browser',
      'A PDF is printed by Chrome, Edge or Chromium, and none of them is installed here. Install one, or save the page (HTML) and print it.',
    );
  const profile = await mkdtemp(join(dirname(path), 'print-'));
  const pdf = join(profile, 'page.pdf');
  try {
    await run(browser, [...switches(profile), `--print-to-pdf=${pdf}`, pathToFileURL(path).href], signal);
    return await readFile(pdf);
  } catch (cause) {
    signal.throwIfAborted();
    throw new ExpectedError('print_failed', `"${browser}" did not print the page. Save the page (HTML) and print it yourself.`, { cause });
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** SECURITY: nothing but the page is loaded, and the page's own policy lets nothing run. */
function switches(profile: string): string[] {
  return [
    '--headless',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
    '--no-pdf-header-footer',
    // Chromium refuses to start its sandbox as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

function run(file: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { signal, timeout: printPatienceMs, killSignal: 'SIGKILL', windowsHide: true }, error => {
      if (error === null) resolve();
      else reject(new Error('The browser ended with an error.', { cause: error }));
    });
  });
}
