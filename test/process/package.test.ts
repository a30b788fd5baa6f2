// What a package holds, made by the packager itself around an Electron without a program: the only kind that can be had offline.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { licencesFile, sbomFile } from '../../tools/package/notices.ts';
import { everyFormat } from '../support/documents/every-format.ts';
import { makePackage, type MadePackage } from '../support/package/make-package.ts';
import { runCommand } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A folder of the packager takes files of one system alone: those of the one it runs on. */
describe.runIf(process.platform === 'linux')('the package', () => {
  const temporary = tempFolder();
  let made: MadePackage;
  let listed: readonly string[];

  beforeAll(async () => {
    made = await makePackage(temporary.path);
    listed = listPackage(made.archive, { isPack: false });
  });
  afterAll(() => {
    temporary.remove();
  });

  test('holds the program, its pictures and its packages, and nothing that only makes it', () => {
    const top = new Set(listed.map(path => path.split('/')[1]));
    expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
    expect(listed).toContain('/out/main/index.js');
    expect(listed).toContain('/out/preload/index.cjs');
    expect(listed).toContain('/out/renderer/index.html');
    // What the sample chat is made of.
    expect(listed).toContain('/resources/samples/ru-lecture.md');
    // Taken into the window's bundle, or tools.
    for (const name of ['react', 'typescript', 'vite', 'electron', 'electron-builder', 'playwright'])
      expect(listed, name).not.toContain(`/node_modules/${name}`);
    expect(listed.filter(path => /\.(?:map|tsx?|d\.[cm]?ts)$/u.test(path))).toEqual([]);
  });

  test('holds one SQLite, that of its own system, outside the archive where a system can load it', () => {
    expect(readdirSync(join(made.resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds'))).toEqual([
      `${process.platform}-${process.arch}.node`,
    ]);
  });

  test('has every fuse of Electron set as stated', async () => {
    expect(await fusesOf(made.program)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('names what it is made of, under licences that let it be passed on', () => {
    const { components } = JSON.parse(readFileSync(join(made.resources, 'notices', sbomFile), 'utf8')) as {
      readonly components: readonly { readonly name: string; readonly licenses: readonly Licence[] }[];
    };
    // One that is installed beside the bundles, and one of each bundle.
    for (const name of ['better-sqlite3', 'docx', 'react']) expect(components.map(each => each.name)).toContain(name);
    const licences = new Set(
      components.flatMap(each => each.licenses.map(said => ('expression' in said ? said.expression : said.license.name))),
    );
    expect([...licences].filter(licence => !mayBePassedOn(licence))).toEqual([]);
    const texts = readFileSync(join(made.resources, 'notices', licencesFile), 'utf8');
    for (const { name } of components) expect(texts).toContain(`${name} `);
  });

  test('is the whole program: what is in it reads every kind of document and makes a synopsis of them', async () => {
    const files = await Promise.all(
      Object.entries(everyFormat).map(async ([format, make]) => {
        const path = join(temporary.path, `lighthouse.${format === 'table' ? 'csv' : format}`);
        writeFileSync(path, await make());
        return path;
      }),
    );
    const out = join(temporary.path, 'synopsis.docx');
    const { code, stderr } = await runCommand(['synopsis', ...files, '--out', out], {
      dataDir: join(temporary.path, 'data'),
      cli: join(made.extract(), 'out', 'main', 'cli.js'),
    });
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
    expect(existsSync(out)).toBe(true);
  });
});

type Licence = { readonly expression: string } | { readonly license: { readonly name: string } };

/** Licences under which a program that is itself under MIT may carry a package. Of several to choose from, one is enough. */
const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  // Of the updater's parts: as free as MIT, and both approved by the OSI.
  'BlueOak-1.0.0',
  'Python-2.0',
  '0BSD',
  'OFL-1.1',
  'Zlib',
  'CC0-1.0',
  'AFL-2.1',
]);
function mayBePassedOn(licence: string): boolean {
  const parts = (text: string, word: string): string[] => text.replace(/^\(|\)$/gu, '').split(` ${word} `);
  return parts(licence, 'OR').some(choice => parts(choice, 'AND').every(name => permissive.has(name)));
}

/** As it stands in the wire. */
const isOn = '1'.codePointAt(0);

async function fusesOf(program: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(program);
  const names = Object.entries(FuseV1Options).filter((entry): entry is [string, FuseV1Options] => typeof entry[1] === 'number');
  return Object.fromEntries(names.map(([name, option]) => [name, Number(wire[option]) === isOn]));
}
