// The notification centre on the command line, with the built program.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { noticeView } from '../../src/shared/domain/notice.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { runCommand, type CommandEnd, type CommandOptions } from '../support/program/command.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
let folder: string;
beforeEach(({ onTestFinished: afterwards }) => {
  const temporary = tempFolder();
  dataDir = join(temporary.path, 'data');
  folder = temporary.path;
  afterwards(temporary.remove);
});

const konspekt = (args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> =>
  runCommand(args, { dataDir, ...options });
/** A synopsis of material of its own, so that it is made anew. */
async function makeSynopsis(name: string): Promise<void> {
  const path = join(folder, `${name}.txt`);
  writeFileSync(path, `The ferry ${name} carries 400 people to the island every day. It leaves at nine in the morning. `.repeat(20));
  expect((await konspekt(['synopsis', path])).code).toBe(0);
}

const listed = async (...args: string[]) =>
  (await konspekt(['notices', 'list', '--json', ...args])).stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => noticeView.parse(JSON.parse(line)));

test('what has ended is listed, read by the beginning of its id or all together, and not told where it is not wanted', async () => {
  expect((await konspekt(['notices'], { language: 'ru' })).stdout).toBe('Уведомлений пока нет.\n');
  await makeSynopsis('Anna');
  await makeSynopsis('Boris');
  const [newest, oldest] = await listed();
  expect([newest, oldest]).toMatchObject([
    { event: expect.stringMatching(/^synopsis_/u), isRead: false },
    { event: expect.stringMatching(/^synopsis_/u), isRead: false },
  ]);
  expect((await konspekt(['notices'])).stdout).toMatch(/^● [0-9a-f-]{36} {2}.+ {2}Your synopsis is ready.*: .+\n● /u);
  expect(await listed('--limit', '1')).toEqual([newest]);

  expect(await konspekt(['notices', 'read', oldest?.id ?? ''])).toEqual({ code: 0, stdout: '1 notification is read.\n', stderr: '' });
  expect((await listed('--unread')).map(({ id }) => id)).toEqual([newest?.id]);
  expect(await konspekt(['notices', 'read', '--all'])).toMatchObject({ code: 0, stdout: '1 notification is read.\n' });
  expect((await konspekt(['notices', 'list', '--unread'])).stdout).toContain('There are no unread notifications.');
  expect((await konspekt(['notices', 'read', '--all'], { language: 'ru' })).stdout).toBe('Прочитано 0 уведомлений.\n');

  await konspekt(['settings', 'set', 'notify-finished', 'nothing']);
  await makeSynopsis('Clara');
  expect(await listed()).toHaveLength(2);
});

test.each<[args: string[], code: number, sentence: string]>([
  [['read'], 2, 'Name the ids of notifications, or --all.'],
  [['read', 'abc', '--all'], 2, 'Name the ids of notifications, or --all.'],
  [['read', 'abc'], 6, 'There is no notification "abc".'],
  [['forget'], 2, 'There is no command "notices forget". There are: list, read.'],
])('%s is refused with the cure', async (args, code, sentence) => {
  expect(await konspekt(['notices', ...args])).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
});
