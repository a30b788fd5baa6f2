import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import { commandLine } from './api/command-line.ts';
import { connectBrowser } from './connect-browser.ts';
import { ELECTRON_VERSION, runtime } from './runtime.ts';

interface CommandLine {
  /** What `-r` names: run before the app's entry. Playwright's loader comes this way. */
  readonly preloads: readonly string[];
  /** A folder with a package.json, or a file. */
  readonly target: string;
}

function parse(args: readonly string[]): CommandLine {
  const preloads: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (argument === '-r' || argument === '--require') preloads.push(args[++i] ?? '');
    else if (!argument.startsWith('-')) return { preloads, target: resolve(argument) };
  }
  throw new Error('stand-in: no app was named; give the folder of one, as in `electron .`.');
}

/** The app's entry file; fills in what the program will be told about itself. */
function readApp(target: string): string {
  const isFolder = statSync(target).isDirectory();
  runtime.appPath = isFolder ? target : dirname(target);
  const manifest = join(runtime.appPath, 'package.json');
  if (!existsSync(manifest)) return target;
  const {
    name,
    productName,
    version,
    main = 'index.js',
  } = JSON.parse(readFileSync(manifest, 'utf8')) as Partial<Record<'name' | 'productName' | 'version' | 'main', string>>;
  runtime.packageName = productName ?? name ?? runtime.packageName;
  runtime.packageVersion = version ?? runtime.packageVersion;
  return isFolder ? resolve(target, main) : target;
}

function readSwitches(args: readonly string[]): void {
  for (const argument of args) {
    const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name !== undefined) commandLine.appendSwitch(name, value);
  }
  const userData = commandLine.getSwitchValue('user-data-dir');
  if (userData !== '') app.setPath('userData', resolve(userData));
}

/** Electron's order of starting: `-r` modules, then the app's entry, and `ready` only after that has been evaluated. */
export async function boot(args: readonly string[]): Promise<void> {
  const { preloads, target } = parse(args);
  const entry = readApp(target);
  process.argv = [process.execPath, ...args];
  Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION, enumerable: true });
  Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
  Object.defineProperty(process, 'resourcesPath', { value: join(runtime.appPath, 'resources'), enumerable: true });
  readSwitches(args);
  const standIn = new URL('./electron-module.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (!/^electron(\/(main|common))?$/.test(specifier)) return next(specifier, context);
      return { url: standIn, format: 'module-typescript', shortCircuit: true };
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  const connected = connectBrowser(); // Chromium comes up while the app's entry is evaluated
  connected.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
  const require = createRequire(pathToFileURL(entry));
  for (const preload of preloads) require(preload);
  await import(pathToFileURL(entry).href);
  await connected;
  app.becomeReady();
}
