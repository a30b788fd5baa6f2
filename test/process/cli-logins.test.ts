// Logins of browser tasks on the command line, with the built program.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

const password = 'correct horse "battery"';
let dataDir: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  afterwards(temporary.remove);
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(['browser', ...args], { dataDir, ...options });

test('a login is added with a password from standard input, listed without it, and removed', async () => {
  expect((await konspekt(['logins'], { language: 'ru' })).stdout).toMatch(/^Входов нет\./u);
  const added = await konspekt(
    ['login', 'add', 'Shop', 'https://Shop.Example/account', 'shop.example:8443', '--user', 'anna', '--password-stdin'],
    {
      input: `${password}\nand nothing after it\n`,
    },
  );
  expect(added).toMatchObject({ code: 0, stdout: 'The login "Shop" is added, for the sites: shop.example, shop.example:8443\n' });
  expect(added.stderr).toContain('no keyring');
  expect((await konspekt(['logins'])).stdout).toBe('Shop  shop.example, shop.example:8443  not signed in yet  the password is kept\n');
  const listed = await konspekt(['logins', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { name: 'Shop', hosts: ['shop.example', 'shop.example:8443'], hasUser: true, hasPassword: true, isLocked: false, isInUse: false },
  ]);
  expect(listed.stdout).not.toContain('anna');
  for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes('battery'), entry.name).toBe(false);

  expect(await konspekt(['login', 'add', 'shop', 'a.example'])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('There is a login of this name'),
  });
  expect((await konspekt(['login', 'add', 'All', '*.example'], { language: 'ru' })).stderr).toContain('Это не адрес сайта.');
  expect((await konspekt(['login', 'add', 'Other', 'a.example', '--password-stdin'])).stderr).toContain('expected on standard input');
  expect(await konspekt(['login', 'forget', 'SHOP'])).toMatchObject({
    code: 0,
    stdout: '"Shop" is no longer signed in. Its name and password are kept.\n',
  });
  expect(await konspekt(['login', 'remove', 'Shop'])).toMatchObject({ code: 0, stdout: 'The login "Shop" is removed.\n' });
  const recipe = join(dataDir, 'recipe.json');
  writeFileSync(
    recipe,
    JSON.stringify({ name: 'Look', sites: ['a.example'], steps: [{ action: { do: 'open', url: 'https://a.example/' } }] }),
  );
  expect((await konspekt(['run', recipe, '--login', 'Shop'])).stderr).toContain('There is no login "Shop".');
});
