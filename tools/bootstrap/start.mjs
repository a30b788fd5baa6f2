import { electronRuntime } from './electron-runtime.mjs';
import { run as runKonspekt } from './konspekt.mjs';
import { root } from './root.mjs';
import { runAttached } from './run-attached.mjs';
import { say } from './say.mjs';

/** @type {(parameters: string[]) => Promise<void>} */
const startHeadless = parameters => runKonspekt(['serve', '--open', ...parameters]);

/**
 * `npm start`: the window where there can be one, else the same program as a page in the browser. Resolves with an exit code, or
 * with nothing while the program runs on in this process.
 * @type {(parameters: string[]) => Promise<number | void>}
 */
export const run = async parameters => {
  const rest = parameters.filter(parameter => parameter !== '--headless');
  if (rest.length < parameters.length) return startHeadless(rest);
  const runtime = await electronRuntime();
  if (!runtime.program) {
    say(`starting without a window, as a page in the browser, because ${runtime.reason}.`);
    return startHeadless(rest);
  }
  const environment = { ...process.env };
  // Left over from a terminal inside another Electron program, it would turn Electron into a plain Node.
  delete environment.ELECTRON_RUN_AS_NODE;
  return runAttached(runtime.program, [root, ...rest], { env: environment });
};
