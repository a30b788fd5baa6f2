import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { startCommand } from '../support/program/command.ts';
import { commandFolder, lecture } from '../support/program/command-folder.ts';

failOnLeaks();
const { at, konspekt, jobs, heldAt, expectMadeOnce } = commandFolder();

describe('konspekt jobs', () => {
  test('cancel, retry and their refusals', async () => {
    const { barrier, cli } = await heldAt('section:figures');
    const making = startCommand(['synopsis', lecture], { dataDir: at.dataDir, cli });
    await barrier.reached();
    const id = (await jobs())[0]?.id ?? '';
    expect(await konspekt(['jobs', 'retry', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Only a failed or cancelled task can be retried; this one is running.'),
    });
    expect(await konspekt(['jobs', 'cancel', id])).toMatchObject({ code: 0, stdout: expect.stringContaining('cancelled') });
    expect((await making.ended).code).toBe(130);
    expect(await konspekt(['jobs', 'cancel', id])).toMatchObject({ code: 2, stderr: 'The task has already ended: cancelled.\n' });
    expect((await konspekt(['jobs', 'wait', id])).code).toBe(130);
    expect(await konspekt(['jobs', 'retry', id])).toMatchObject({ code: 0, stdout: expect.stringContaining('done') });
    await expectMadeOnce(id);
    expect(await konspekt(['jobs', 'wait', id])).toMatchObject({ code: 0 });
    const shown = await konspekt(['jobs', 'show', id], { language: 'ru' });
    expect(shown.stdout).toContain('Раздел: Ключевые тезисы');
    expect(shown.stdout).not.toMatch(/section:|[a-z]+_[a-z]+/u);
  });

  test.each([['show'], ['wait'], ['cancel'], ['retry']])('%s of a job that is not there', async verb => {
    for (const id of ['01890000-0000-7000-8000-000000000000', 'nonsense']) {
      expect(await konspekt(['jobs', verb, id])).toEqual({
        code: 6,
        stdout: '',
        stderr: `There is no task "${id}". See: konspekt jobs list\n`,
      });
    }
  });

  test('a reader that has seen enough is no failure', async () => {
    await konspekt(['synopsis', lecture, '--out', join(at.folder, 'x.md')]);
    const piped = spawnSync(
      'sh',
      [
        '-c',
        `"${process.execPath}" "$0" --data "$1" jobs list | head -c 1; exit 0`,
        join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js'),
        at.dataDir,
      ],
      { encoding: 'utf8' },
    );
    expect(piped.stderr).toBe('');
    expect(piped.stdout).toHaveLength(1);
  });
});
