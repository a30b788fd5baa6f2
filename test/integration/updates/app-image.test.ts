// A published AppImage, downloaded by electron-updater itself from a server on loopback.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import electronUpdater, { type AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UpdateError, type UpdateSource } from '../../../src/main/app/updates/update-source.ts';
import { updatesFrom } from '../../../src/main/desktop/updates-from.ts';
import { startWebServer, type WebServer } from '../../support/documents/web-server.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { tempFolder } from '../../support/temp-folder.ts';

failOnLeaks();

const fromHere = createRequire(import.meta.url);
interface Downloading {
  readonly cancellationToken: {
    createPromise(work: (resolve: (file: string) => void, reject: (error: Error) => void, onCancel: () => void) => void): Promise<string>;
  };
}
interface Executor {
  doDownload(request: object, order: object, redirects: number): void;
}
const { NodeHttpExecutor } = createRequire(fromHere.resolve('electron-builder'))('builder-util') as {
  readonly NodeHttpExecutor: new () => Executor;
};

/** The downloads of electron-updater over Node's own network: Chromium's is there in Electron alone. */
class LoopbackExecutor extends NodeHttpExecutor {
  download({ protocol, hostname, port, pathname }: URL, destination: string, options: Downloading): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const callback = (error?: Error | null) => {
        if (error instanceof Error) reject(error);
        else resolve(destination);
      };
      this.doDownload({ protocol, hostname, port, path: pathname }, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

/** What the old program is, and the new one; the last leaves a mark when it is started, as an installed one would start. */
const oldProgram = '#!/bin/sh\nexit 0\n';
const newProgram = (mark: string) => `#!/bin/sh\necho started > ${mark}\n`;

describe.skipIf(process.platform === 'win32')('an AppImage that is updated', () => {
  let folder: ReturnType<typeof tempFolder>;
  let server: WebServer;
  let published: Record<string, string>;
  let image: string;
  let quits: string[];
  let endOf: ((exitCode: number) => void) | null;
  const before = process.env['APPIMAGE'];

  beforeEach(async () => {
    folder = tempFolder();
    published = {};
    quits = [];
    endOf = null;
    image = join(folder.path, 'konspekt.AppImage');
    writeFileSync(image, oldProgram);
    chmodSync(image, 0o755);
    process.env['APPIMAGE'] = image;
    server = await startWebServer((request, response) => {
      const body = published[new URL(request.url ?? '/', 'http://x').pathname.slice(1)];
      if (body === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
    });
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    folder.remove();
    if (before === undefined) delete process.env['APPIMAGE'];
    else process.env['APPIMAGE'] = before;
  });

  function publish(version: string, program: string, announced = program): void {
    const sha512 = createHash('sha512').update(announced).digest('base64');
    const file = `Konspekt-${version}.AppImage`;
    published[file] = program;
    published['latest-linux.yml'] =
      `version: ${version}\nfiles:\n  - url: ${file}\n    sha512: ${sha512}\n    size: ${announced.length}\npath: ${file}\nsha512: ${sha512}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`;
  }

  function open(): UpdateSource {
    const updater = new electronUpdater.AppImageUpdater(
      { provider: 'generic', url: server.origin },
      {
        version: '1.0.0',
        name: 'konspekt',
        isPackaged: true,
        appUpdateConfigPath: join(folder.path, 'none.yml'),
        userDataPath: folder.path,
        baseCachePath: folder.path,
        whenReady: () => Promise.resolve(),
        relaunch: () => undefined,
        quit: () => void quits.push('quit'),
        onQuit: (handler: (exitCode: number) => void) => {
          endOf = handler;
        },
      },
    );
    Object.assign(updater, { httpExecutor: new LoopbackExecutor() });
    // Its folder for downloads is named in a file of the package.
    updater.updateConfigPath = join(folder.path, 'app-update.yml');
    writeFileSync(join(folder.path, 'app-update.yml'), `provider: generic\nurl: ${server.origin}\nupdaterCacheDirName: konspekt-updates\n`);
    return updatesFrom(() => Promise.resolve(updater as AppUpdater), true);
  }

  async function why(refused: Promise<unknown>): Promise<unknown> {
    return refused.then(
      () => 'nothing',
      (error: unknown) => (error instanceof UpdateError ? error.why : error),
    );
  }

  test('a newer one is found, downloaded, and in its place when the process ends', async () => {
    const source = open();
    publish('1.0.0', oldProgram);
    expect(await source.check()).toBeNull();
    publish('1.1.0', newProgram(join(folder.path, 'mark')));
    expect(await source.check()).toBe('1.1.0');
    await source.download(() => undefined);
    expect(readFileSync(image, 'utf8')).toBe(oldProgram);
    source.placeOnExit(false);
    endOf?.(0);
    expect(readFileSync(image, 'utf8')).toBe(oldProgram);
    source.placeOnExit(true);
    endOf?.(0);
    expect(readFileSync(image, 'utf8')).toContain('echo started');
    expect(existsSync(join(folder.path, 'mark'))).toBe(true);
  });

  test('what is not what was announced is refused, and the old program stays', async () => {
    const source = open();
    publish('1.1.0', newProgram('/dev/null'), 'something else');
    await source.check();
    expect(await why(source.download(() => undefined))).toBe('damaged');
    source.placeOnExit(true);
    endOf?.(0);
    expect(readFileSync(image, 'utf8')).toBe(oldProgram);
  });

  test('an address with nothing on it, or none at all, is told as such', async () => {
    const source = open();
    expect(await why(source.check())).toBe('unreachable');
    await server[Symbol.asyncDispose]();
    expect(await why(source.check())).toBe('unreachable');
    expect(quits).toEqual([]);
  });
});
